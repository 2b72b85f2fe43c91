import { effectiveRoles, PRIVILEGED_ROLES, readUnconfirmedRoles } from '#libs/engine/actors';
import type { CommandContext } from '#libs/engine/commands';
import { ROLES, type Role } from '#libs/platform/kernel';

/** Whoever says that a first sign-in is the person's. */
export const IDENTITY_CONFIRMERS = ['it', 'security'] as const satisfies readonly Role[];

/**
 * The privileged roles of a person, whatever gives them: of somebody inactive, or whose link nobody has confirmed, those
 * that they would have.
 */
export const privilegedRolesOf = async (
  { tx, now, coolingOffHours }: Pick<CommandContext, 'tx' | 'now' | 'coolingOffHours'>,
  personId: string,
): Promise<Role[]> => {
  const times = { now, coolingOffHours };
  const { roles } = await effectiveRoles(tx, personId, times);
  const unconfirmed = await readUnconfirmedRoles(tx, personId, times);
  return ROLES.filter(
    (role) => PRIVILEGED_ROLES.has(role) && (roles.includes(role) || unconfirmed.includes(role)),
  );
};
