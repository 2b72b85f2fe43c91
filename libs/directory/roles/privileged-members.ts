import { raiseAlert } from '#libs/engine/alerts';
import type { CommandContext } from '#libs/engine/commands';
import { roleNames, type Role } from '#libs/platform/kernel';

/** What a command that added people to a group writes into its facts. */
export interface PrivilegedMembers {
  /** The roles that the new members have by this group; empty when it is mapped to none. */
  privilegedRoles: Role[];
  /** How many people got them. */
  privilegedMembers: number;
}

// An alert names a few; the calling command's own entry has everybody's id.
const NAMED = 5;
const NAME_LENGTH = 60;

/**
 * Raises an alert when people were just added to a group that gives them a role. Call it in the command
 * that added them, once for all of them; the command's entry is the record of who came.
 */
export const notePrivilegedMembers = async (
  { tx, now, actor }: CommandContext,
  groupId: string,
  personIds: readonly string[],
): Promise<PrivilegedMembers> => {
  const mappings = await tx.groupMapping.findMany({
    where: { groupId, state: 'active' },
    select: {
      role: true,
      proposedById: true,
      decidedById: true,
      group: { select: { displayName: true } },
    },
    orderBy: { role: 'asc' },
  });
  const [first] = mappings;
  if (first === undefined || personIds.length === 0) {
    return { privilegedRoles: [], privilegedMembers: 0 };
  }
  const people = await tx.person.findMany({
    where: { id: { in: personIds.slice(0, NAMED) } },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  const roles = mappings.map(({ role }) => role);
  const deciders = mappings.flatMap(({ proposedById, decidedById }) => [
    proposedById,
    ...(decidedById === null ? [] : [decidedById]),
  ]);
  await raiseAlert(tx, now, {
    kind: 'privileged_member',
    subject: { kind: 'group', id: groupId },
    message: `${namesOf(people, personIds.length)} joined the group ${short(first.group.displayName)}, which gives the role ${roleNames(roles, 'conjunction')}.`,
    by: actor,
    concerns: [...personIds, ...deciders],
  });
  return { privilegedRoles: roles, privilegedMembers: personIds.length };
};

const namesOf = (people: readonly { name: string }[], total: number): string => {
  const named = people.map(({ name }) => short(name)).join(', ');
  const more = total - people.length;
  return more > 0 ? `${named} and ${more} more` : named;
};

const short = (text: string): string =>
  text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH)}…` : text;
