import type { Tx } from '#libs/platform/db';
import type { RecordSigner } from './record-keys.js';
import type { SignedKind } from './signed-content.js';
import { writeStatement } from './statement.js';

/** Who decided something, when, and which ledger entry says so. */
export interface Decision {
  readonly actor: { readonly kind: string; readonly id: string };
  readonly entryId: string | null;
  readonly now: Date;
}

/** A record to be signed: the version of its signature so far, and its content now. */
interface ToSign {
  readonly id: string;
  readonly version: bigint;
  readonly content: string;
}

/** Signs records of one kind. */
export const writeSignatures = async (
  tx: Tx,
  signer: RecordSigner,
  kind: SignedKind,
  records: readonly ToSign[],
  { actor, entryId, now }: Decision,
): Promise<void> => {
  if (records.length === 0) return;
  const signed = records.map(({ id, version, content }) => {
    const statement = writeStatement({
      kind,
      recordId: id,
      version: Number(version) + 1,
      contentDigest: content,
      actor: { kind: actor.kind, id: actor.id },
      entryId,
      signedAt: now.toISOString(),
    });
    return { recordId: id, version, statement, signature: signer.sign(statement) };
  });
  const first = signed.filter(({ version }) => version === 0n);
  // Somebody else wrote one since: it stays, and is not valid.
  await tx.$executeRaw`
    INSERT INTO record_signature (kind, record_id, version, statement, signature)
    SELECT ${kind}, s.id, 1, s.statement, s.signature
    FROM unnest(${first.map((row) => row.recordId)}::uuid[], ${first.map((row) => row.statement)}::text[],
                ${first.map((row) => row.signature)}::text[]) AS s(id, statement, signature)
    ON CONFLICT DO NOTHING`;
  for (const { recordId, version, ...data } of signed.filter((row) => row.version > 0n))
    await tx.recordSignature.updateMany({
      where: { kind, recordId, version },
      data: { ...data, version: version + 1n },
    });
};
