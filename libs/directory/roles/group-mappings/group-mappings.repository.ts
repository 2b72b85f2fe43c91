import { changeOf } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { type Actor, DomainError, personIdOf, type Role } from '#libs/platform/kernel';

/** A mapping as commands need it; the name is the group's. */
export interface LoadedMapping {
  id: string;
  groupId: string;
  role: Role;
  state: 'proposed' | 'active' | 'rejected' | 'removed';
  proposedById: string;
  name: string;
}

/** Loads a mapping and holds its row. */
export const lockMapping = async (tx: Tx, id: string): Promise<LoadedMapping | null> => {
  await tx.$queryRaw`SELECT 1 FROM group_mapping WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.groupMapping.findUnique({
    where: { id },
    select: {
      id: true,
      groupId: true,
      role: true,
      state: true,
      proposedById: true,
      group: { select: { displayName: true } },
    },
  });
  if (row === null) return null;
  const { group, ...mapping } = row;
  return { ...mapping, name: group.displayName };
};

/** Writes down what somebody decided about a mapping. */
export const decideMapping = async (
  tx: Tx,
  id: string,
  decided: { state: 'active' | 'rejected' | 'removed'; by: Actor; now: Date },
): Promise<void> => {
  const { state, by, now } = decided;
  const decidedById = personIdOf(by);
  await tx.groupMapping.update({
    where: { id },
    data: { state, decidedById, decidedAt: now },
    select: { id: true },
  });
};

/** Why this actor may not decide about this mapping. */
export const whyNotDecide = (
  actor: Actor,
  { role, state, proposedById }: LoadedMapping,
): DomainError => {
  if (state !== 'proposed') {
    return new DomainError('conflict', `This mapping is ${state}: there is nothing to decide.`);
  }
  if (proposedById === actor.id) {
    return new DomainError('forbidden', 'You proposed this mapping: somebody else must decide.');
  }
  if (actor.kind === 'person' && actor.coolingOffRoles?.includes(role) === true) {
    const message = `You cannot decide yet: your role ${role} is in its cooling-off period, or you have it for an emergency only. Ask another holder.`;
    return new DomainError('forbidden', message);
  }
  const message = `A mapping to the role ${role} is decided by somebody who holds it: ask them.`;
  return new DomainError('forbidden', message);
};

/** A change of one mapping: what roles people have, and its row, are held while it is made. */
export const changeOfMapping = changeOf('GroupMapping', ({ tx }, id) => lockMapping(tx, id), {
  locksFirst: 'roleHolders',
});
