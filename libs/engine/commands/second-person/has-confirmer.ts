import { CAN_ACT, readRoleSources, type RoleTimes } from '#libs/engine/actors';
import type { Tx } from '#libs/platform/db';
import type { confirmersOf } from './proposed-changes.repository.js';

/**
 * Whether there is a person who could confirm it: active, signed in before, past the cooling-off period of
 * their role, and neither its author nor one who gains by it. Somebody who is suspended counts: the proposal
 * that suspends them is rejected first.
 */
export const hasConfirmer = async (
  tx: Tx,
  proposedById: string,
  { confirmerRoles, confirmerIds, concernedIds }: ReturnType<typeof confirmersOf>,
  times: RoleTimes,
): Promise<boolean> => {
  const role = { in: confirmerRoles };
  const candidates = await tx.person.findMany({
    where: {
      ...CAN_ACT,
      id: { notIn: [proposedById, ...concernedIds] },
      OR: [
        { id: { in: confirmerIds } },
        { roles: { some: { role } } },
        { groups: { some: { group: { mappings: { some: { role, state: 'active' } } } } } },
      ],
    },
    select: { id: true },
  });
  const ids = candidates.map(({ id }) => id);
  if (ids.some((id) => confirmerIds.includes(id))) return true;
  const sources = await readRoleSources(tx, ids, times);
  return sources.some(
    ({ role: held, isCoolingOff }) => !isCoolingOff && confirmerRoles.includes(held),
  );
};
