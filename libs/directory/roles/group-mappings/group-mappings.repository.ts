import { changeOf } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import type { Role } from '#libs/platform/kernel';

/** A mapping as commands need it; the name is the group's. */
export interface LoadedMapping {
  id: string;
  groupId: string;
  role: Role;
  state: 'active' | 'removed';
  name: string;
}

const lockMapping = async (tx: Tx, id: string): Promise<LoadedMapping | null> => {
  await tx.$queryRaw`SELECT 1 FROM group_mapping WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.groupMapping.findUnique({
    where: { id },
    select: {
      id: true,
      groupId: true,
      role: true,
      state: true,
      group: { select: { displayName: true } },
    },
  });
  if (row === null) return null;
  const { group, ...mapping } = row;
  return { ...mapping, name: group.displayName };
};

/** A change of one mapping: what roles people have, and its row, are held while it is made. */
export const changeOfMapping = changeOf('GroupMapping', ({ tx }, id) => lockMapping(tx, id), {
  locksFirst: 'roleHolders',
});
