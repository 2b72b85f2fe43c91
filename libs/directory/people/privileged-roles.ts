import { readPrivilegedRoles } from '#libs/engine/actors';
import type { CommandContext } from '#libs/engine/commands';
import type { Role } from '#libs/platform/kernel';

/** Who says that a first sign-in is the person's. */
export const IDENTITY_CONFIRMERS = ['it', 'security'] as const satisfies readonly Role[];

/**
 * The privileged roles of a person, by assignment or by a group: of somebody inactive, or whose link nobody
 * has confirmed, those that they would have.
 */
export const privilegedRolesOf = async (
  { tx, now, coolingOffHours }: Pick<CommandContext, 'tx' | 'now' | 'coolingOffHours'>,
  personId: string,
): Promise<readonly Role[]> => {
  const roles = await readPrivilegedRoles(tx, [personId], { now, coolingOffHours });
  return roles.get(personId) ?? [];
};
