import { raiseAlert } from '#libs/engine/alerts';
import type { CommandContext } from '#libs/engine/commands';
import { roleNames } from '#libs/platform/kernel';
import { privilegedRolesOf } from './privileged-roles.js';

/**
 * Raises an alert when somebody who holds a privileged role is about to be disabled, by a colleague or by a provisioning
 * client: there is one fewer who could stop what comes next.
 */
export const alertOfDisabling = async (
  ctx: CommandContext,
  { id, name, disabledAt }: { id: string; name: string; disabledAt: Date | null },
): Promise<void> => {
  if (disabledAt !== null) return;
  const roles = await privilegedRolesOf(ctx, id);
  if (roles.length === 0) return;
  const { tx, now, actor } = ctx;
  await raiseAlert(tx, now, {
    kind: 'privileged_member_removed',
    subject: { kind: 'person', id },
    message: `${actor.name} disabled ${name}, who has the role ${roleNames(roles)}.`,
    by: actor,
  });
};
