import type { ProposedChangeWhereInput } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';

/** The changes that this person can confirm now: the database's form of {@link whyNotConfirm}. */
export const confirmableWhere = (actor: Actor, now: Date): ProposedChangeWhereInput => {
  if (actor.kind !== 'person') return { id: { in: [] } };
  const { id, roles, coolingOffRoles = [] } = actor;
  const settled = roles.filter((role) => !coolingOffRoles.includes(role));
  return {
    state: 'open',
    expiresAt: { gt: now },
    OR: [
      { proposedById: id, aloneFrom: { lte: now } },
      {
        proposedById: { not: id },
        NOT: { concernedIds: { has: id } },
        OR: [{ confirmerIds: { has: id } }, { confirmerRoles: { hasSome: settled } }],
      },
    ],
  };
};
