import { command, type SecondPerson } from '#libs/engine/commands';
import { hasHolder } from '#libs/directory/people';
import type { Tx } from '#libs/platform/db';
import { DomainError, newId, personIdOf, roleNames, type Role } from '#libs/platform/kernel';
import { notePrivilegedMembers } from '../../privileged-members.js';
import { retireOwnerWhenDone } from '../../setup/owner-retirement.js';
import { lockGroup, readMappingEffect, type LoadedGroup } from '../mapped-group.js';
import { mapGroupSchema } from '../group-mappings.schemas.js';

/**
 * Gives a role to a group's members, those who join later included: a second person who holds the role
 * confirms it.
 */
export class MapGroup extends command({
  name: 'map-group',
  permission: { action: 'assign', subject: 'GroupMapping' },
  changesRights: false,
  emergency: { rejected: 'it takes two people with the role' },
  creates: true,
  locksFirst: 'roleHolders',
  input: mapGroupSchema,
  // The members are part of it: who joined or left since it was proposed was not seen by who confirms it.
  async load({ tx }, { groupId, role }) {
    return { id: newId(), role, state: 'active', group: await lockGroup(tx, groupId) };
  },
  secondPerson: {
    when: 'a group would give a role',
    always: true,
    ask: (_ctx, { role }, { group }) => (group === null ? null : secondPersonFor(group, role)),
  },
  async run(ctx, { groupId, role, reason }, { id, group }) {
    const { tx, now, actor, confirmedBy } = ctx;
    if (actor.kind !== 'person') throw new DomainError('forbidden', 'Only a person maps a group.');
    if (group === null) throw noGroup();
    await assertNotMapped(tx, groupId, role);
    await assertHeld(tx, role);
    const changes = await readMappingEffect(tx, { groupId, role, now });
    const decided = { decidedById: confirmedBy && personIdOf(confirmedBy.actor), decidedAt: now };
    await tx.groupMapping.create({
      data: { id, groupId, role, state: 'active', proposedById: actor.id, ...decided },
      select: { id: true },
    });
    const members = await tx.groupMember.findMany({
      where: { groupId },
      orderBy: { personId: 'asc' },
    });
    const personIds = members.map(({ personId }) => personId);
    const { privilegedMembers } = await notePrivilegedMembers(ctx, groupId, personIds);
    const ownerRetired = await retireOwnerWhenDone(tx);
    return {
      output: { id },
      subject: { id, name: group.name },
      facts: { groupId, role, privilegedMembers, ownerRetired },
      reason,
      changes,
    };
  },
}) {}

// A holder of the role gains nothing by it: nobody else agrees to it.
const secondPersonFor = ({ name, memberCount }: LoadedGroup, role: Role): SecondPerson => ({
  explanation: `The group ${name} would give the role ${roleNames([role])}: to its ${memberCount} ${memberCount === 1 ? 'member' : 'members'} now, and to anybody who is added to it.`,
  roles: [role],
});

const noGroup = (): DomainError =>
  new DomainError('invalid_input', 'This group does not exist: choose from the list.', {
    problems: [{ path: 'groupId', message: 'does not exist' }],
  });

const assertNotMapped = async (tx: Tx, groupId: string, role: Role): Promise<void> => {
  const found = await tx.groupMapping.findFirst({ where: { groupId, role, state: 'active' } });
  if (found === null) return;
  throw new DomainError('conflict', `This group gives the role ${roleNames([role])} already.`);
};

// Otherwise its author could carry it out alone, as nobody else could confirm it.
const assertHeld = async (tx: Tx, role: Role): Promise<void> => {
  if (await hasHolder(tx, role)) return;
  const message = `Nobody has the role ${roleNames([role])}, so nobody could confirm this. Assign it to somebody first.`;
  throw new DomainError('conflict', message);
};
