import type { ProposedChangeWhereInput } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';
import { settled } from './propose.js';
import { openWhere } from './proposed-changes.repository.js';

/** The changes that this person can confirm now: the database's form of {@link whyNotConfirm}. */
export const confirmableWhere = (actor: Actor, now: Date): ProposedChangeWhereInput => {
  if (actor.kind !== 'person') return { id: { in: [] } };
  const { id, roles } = settled(actor);
  return {
    ...openWhere(now),
    OR: [
      { proposedById: id, aloneFrom: { lte: now } },
      {
        proposedById: { not: id },
        NOT: { concernedIds: { has: id } },
        OR: [{ confirmerIds: { has: id } }, { confirmerRoles: { hasSome: [...roles] } }],
      },
    ],
  };
};
