import type { Tx } from '#libs/platform/db';
import type { VerificationKeys } from './record-keys.js';
import type { SignedKind } from './signed-content.js';
import { readStatement } from './statement.js';

/** A record's signature as it is stored. */
export interface SignatureRow {
  readonly kind: string;
  readonly recordId: string;
  readonly version: bigint;
  readonly statement: string;
  readonly signature: string;
}

const SELECT = {
  kind: true,
  recordId: true,
  version: true,
  statement: true,
  signature: true,
} as const;

/** The signatures of these records. */
export const readSignatures = (
  tx: Tx,
  kind: SignedKind,
  ids: readonly string[],
): Promise<SignatureRow[]> =>
  tx.recordSignature.findMany({ where: { kind, recordId: { in: [...ids] } }, select: SELECT });

/** The signatures that some transaction wrote from this one on. */
export const readSignaturesSince = (tx: Tx, transactionId: bigint): Promise<SignatureRow[]> =>
  tx.recordSignature.findMany({ where: { changedIn: { gte: transactionId } }, select: SELECT });

/**
 * The digest of the content that a signature is over; null when the signature is not valid, or is another
 * record's or an older one.
 */
export const signedDigest = async (
  keys: VerificationKeys,
  row: SignatureRow,
): Promise<string | null> => {
  if (!(await keys.verify(row.statement, row.signature))) return null;
  const statement = readStatement(row.statement);
  const isOfRow =
    statement?.kind === row.kind &&
    statement.recordId === row.recordId &&
    BigInt(statement.version) === row.version;
  return isOfRow ? statement.contentDigest : null;
};

/** Each record's signed digest, by the record's id; null for a signature that is not valid. */
export const signedDigests = async (
  keys: VerificationKeys,
  rows: readonly SignatureRow[],
): Promise<Map<string, string | null>> =>
  new Map(
    await Promise.all(
      rows.map(async (row) => [row.recordId, await signedDigest(keys, row)] as const),
    ),
  );
