import type { Tx } from '#libs/platform/db';
import { readRecords } from './read-records.js';
import type { RecordSigner } from './record-keys.js';
import { readSignatures, signedDigest } from './signature-rows.js';
import { contentDigest, SIGNED_KINDS, type SignedKind } from './signed-content.js';
import { writeSignatures, type Decision } from './write-signatures.js';

/** A record that is not as it was signed, and so is not valid. */
export interface UnverifiedRecord {
  readonly kind: SignedKind;
  readonly id: string;
}

interface Checked extends UnverifiedRecord {
  readonly version: bigint;
  readonly content: string;
  readonly isAuthentic: boolean;
  readonly isByOwnKey: boolean;
}

/** Verifies every record that gateways load; answers those that do not verify. */
export const findUnverifiedRecords = async (
  tx: Tx,
  signer: RecordSigner,
): Promise<UnverifiedRecord[]> => {
  const checked = await checkAll(tx, signer);
  return checked
    .filter(({ isAuthentic }) => !isAuthentic)
    .map(({ kind, id }): UnverifiedRecord => ({ kind, id }));
};

/**
 * Signs records by an operator's decision, not a command's: those that verify by another key than the
 * signer's own and, where `accepts` says so, those that do not verify, as they are now. Answers the records.
 */
export const signRecords = async (
  tx: Tx,
  signer: RecordSigner,
  decision: Decision,
  accepts: (record: UnverifiedRecord) => boolean,
): Promise<UnverifiedRecord[]> => {
  const checked = await checkAll(tx, signer);
  const chosen = checked.filter((one) =>
    one.isAuthentic ? !one.isByOwnKey : accepts({ kind: one.kind, id: one.id }),
  );
  for (const [kind, records] of Map.groupBy(chosen, (one) => one.kind))
    await writeSignatures(tx, signer, kind, records, decision);
  return chosen.map(({ kind, id }): UnverifiedRecord => ({ kind, id }));
};

const checkAll = async (tx: Tx, signer: RecordSigner): Promise<Checked[]> => {
  const all: Checked[] = [];
  for (const kind of SIGNED_KINDS) all.push(...(await checkKind(tx, signer, kind)));
  return all;
};

const checkKind = async (tx: Tx, signer: RecordSigner, kind: SignedKind): Promise<Checked[]> => {
  const rows = await readRecords(tx, kind);
  const signatures = await readSignatures(
    tx,
    kind,
    rows.map(({ id }) => id),
  );
  const byId = new Map(signatures.map((row) => [row.recordId, row]));
  return Promise.all(
    rows.map(async (row) => {
      const signature = byId.get(row.id);
      const content = contentDigest(kind, row);
      const digest = signature === undefined ? null : await signedDigest(signer.keys, signature);
      return {
        kind,
        id: row.id,
        version: signature?.version ?? 0n,
        content,
        isAuthentic: digest === content,
        isByOwnKey: signature !== undefined && signer.isOwn(signature.signature),
      };
    }),
  );
};
