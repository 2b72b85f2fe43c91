import type { Tx } from '#libs/platform/db';
import type { VerificationKeys } from './record-keys.js';
import { readSignatures, signedDigests } from './signature-rows.js';
import { contentDigest, type SignedKind, type SignedRows } from './signed-content.js';

/** Those of these records that are as they were signed. For a few at a time; gateways have a book. */
export const verifiedRecords = async <K extends SignedKind, R extends SignedRows[K]>(
  tx: Tx,
  keys: VerificationKeys,
  kind: K,
  rows: readonly R[],
): Promise<R[]> => {
  if (rows.length === 0) return [];
  const signatures = await readSignatures(
    tx,
    kind,
    rows.map(({ id }) => id),
  );
  const digests = await signedDigests(keys, signatures);
  return rows.filter((row) => digests.get(row.id) === contentDigest(kind, row));
};
