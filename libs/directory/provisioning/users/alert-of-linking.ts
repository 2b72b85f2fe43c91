import { raiseAlert } from '#libs/engine/alerts';
import type { CommandContext } from '#libs/engine/commands';
import { roleNames } from '#libs/platform/kernel';
import { privilegedRolesOf } from '#libs/directory/people';
import type { UserColumns } from './user.columns.js';

/**
 * Raises an alert when a client changes an attribute by which the sign-in of a privileged person can be
 * linked: somebody else could become them by it (invariant I10).
 */
export const alertOfLinking = async (
  ctx: CommandContext,
  id: string,
  before: UserColumns,
  { externalId, employeeNumber, person }: UserColumns,
): Promise<void> => {
  const changed = [
    ...(externalId === before.externalId ? [] : ['externalId']),
    ...(employeeNumber === before.employeeNumber ? [] : ['employeeNumber']),
  ];
  if (changed.length === 0) return;
  const privileged = await privilegedRolesOf(ctx, id);
  if (privileged.length === 0) return;
  const { tx, now, actor } = ctx;
  await raiseAlert(tx, now, {
    kind: 'linking_attribute_changed',
    subject: { kind: 'person', id },
    message: `${actor.name} changed ${changed.join(' and ')} of ${person.name}, who has the role ${roleNames(privileged, 'conjunction')}: it decides who signs in as them.`,
    by: actor,
  });
};
