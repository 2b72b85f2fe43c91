import type { OnAccessEnded } from '#libs/engine/commands';

/**
 * Withdraws what a person granted, also one who is only signed out: somebody who took their session must not
 * have left an agent behind. What an agent was granted is in force only while the agent is.
 */
export const onAccessEnded: OnAccessEnded = async ({ tx, now }, { kind, id: personId }) => {
  if (kind !== 'person') return {};
  const { count } = await tx.delegation.updateMany({
    where: { personId, withdrawnAt: null, expiresAt: { gt: now } },
    data: { withdrawnAt: now },
  });
  return { delegationsWithdrawn: count };
};
