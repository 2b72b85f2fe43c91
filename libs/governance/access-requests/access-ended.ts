import type { OnAccessEnded } from '#libs/engine/commands';
import { withdrawAccessGrantDraft } from '#libs/governance/policies';

const NOTE = 'The person who asked for this was deactivated.';

/** Withdraws what a person who is deactivated asked for, and what was drafted for them. */
export const onAccessEnded: OnAccessEnded = async (ctx, { kind, id, reason }) => {
  const { tx, now } = ctx;
  if (kind !== 'person' || reason !== 'deactivated') return {};
  const open = await tx.accessRequest.findMany({
    where: { requestedById: id, state: { in: ['open', 'drafted'] } },
    select: { id: true, versionId: true },
    orderBy: { id: 'asc' },
  });
  for (const { versionId } of open) {
    if (versionId === null) continue;
    // False when it has been decided already: then there is nothing left to publish.
    await withdrawAccessGrantDraft(ctx, { versionId, decidedById: null, note: NOTE });
  }
  const { count } = await tx.accessRequest.updateMany({
    where: { id: { in: open.map((request) => request.id) } },
    data: { state: 'withdrawn', decidedAt: now, decisionNote: NOTE },
  });
  return { requestsWithdrawn: count };
};
