import { effectiveRoles } from '#libs/engine/actors';
import type { CommandContext } from '#libs/engine/commands';
import type { Role } from '#libs/platform/kernel';
import { PRIVILEGED_ROLES } from './role-holders.js';

/** The privileged roles of a person, whatever gives them; of somebody inactive those that they would have again. */
export const privilegedRolesOf = async (
  { tx, now }: Pick<CommandContext, 'tx' | 'now'>,
  personId: string,
): Promise<Role[]> => {
  const { roles } = await effectiveRoles(tx, personId, { now, coolingOffHours: 0 });
  return roles.filter((role) => PRIVILEGED_ROLES.has(role));
};
