import { findUnverifiedRecords, type RecordSigner } from '#libs/engine/record-signatures';
import type { Tx } from '#libs/platform/db';

/** The kind of their alerts. */
export const ALERT_KIND = 'record_not_verified';

/** The records that do not verify and of which no open alert says so yet. */
export const unreportedRecords = async (tx: Tx, signer: RecordSigner) => {
  const unverified = await findUnverifiedRecords(tx, signer);
  if (unverified.length === 0) return [];
  const open = await tx.alert.findMany({
    where: { kind: ALERT_KIND, acknowledgedAt: null },
    select: { subjectKind: true, subjectId: true },
  });
  const reported = new Set(open.map(({ subjectKind, subjectId }) => `${subjectKind}:${subjectId}`));
  return unverified.filter(({ kind, id }) => !reported.has(`${kind}:${id}`));
};
