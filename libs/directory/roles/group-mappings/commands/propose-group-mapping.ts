import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { DomainError, newId } from '#libs/platform/kernel';
import type { z } from 'zod';
import { proposeGroupMappingSchema } from '../group-mappings.schemas.js';

type Input = z.infer<typeof proposeGroupMappingSchema>;

/** Proposes that a group's members have a role; it gives nothing until a holder of the role approves. */
export class ProposeGroupMapping extends command({
  name: 'propose-group-mapping',
  permission: { action: 'propose', subject: 'GroupMapping' },
  changesRights: false,
  creates: true,
  input: proposeGroupMappingSchema,
  async load({ tx, actor }, { groupId, role }) {
    const name = await groupName(tx, groupId);
    return { id: newId(), groupId, role, state: 'proposed', proposedById: actor.id, name };
  },
  async run({ tx, now, actor }, { groupId, role, reason }, { id, name }) {
    if (actor.kind !== 'person') {
      throw new DomainError('forbidden', 'Only a person can propose a mapping.');
    }
    await assertNotMapped(tx, groupId, role);
    await tx.groupMapping.create({
      data: { id, groupId, role, state: 'proposed', proposedById: actor.id, proposedAt: now },
      select: { id: true },
    });
    return { output: { id }, subject: { id, name }, facts: { groupId, role }, reason };
  },
}) {}

// Not found here is a bad input, after the actor was found to be allowed: an empty name until then.
const groupName = async (tx: Tx, groupId: string): Promise<string> => {
  const group = await tx.group.findUnique({ where: { id: groupId } });
  return group?.displayName ?? '';
};

const assertNotMapped = async (tx: Tx, groupId: string, role: Input['role']): Promise<void> => {
  const [group] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM people_group WHERE id = ${groupId}::uuid FOR UPDATE`;
  if (group === undefined) {
    throw new DomainError('invalid_input', 'This group does not exist: choose from the list.', {
      problems: [{ path: 'groupId', message: 'does not exist' }],
    });
  }
  const where = { groupId, role, state: { in: ['proposed' as const, 'active' as const] } };
  const found = await tx.groupMapping.findFirst({ where });
  if (found === null) return;
  throw new DomainError('conflict', `This group's mapping to ${role} is ${found.state} already.`);
};
