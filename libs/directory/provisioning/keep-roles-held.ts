import type { CommandContext } from '#libs/engine/commands';
import {
  alertOfRolesTaken,
  firstUnheld,
  indispensableAmong,
  type RolesOf,
} from '#libs/directory/people';
import { roleNames } from '#libs/platform/kernel';
import { ScimError } from './errors.js';

/**
 * Makes a change of people or of a group's members, raises an alert when it takes privileged roles away, and
 * rejects it when it would leave the installation without an active holder of IT or security who counts as a
 * second person: then nobody could put anything right.
 */
export const keepRolesHeld = async <T>(
  ctx: CommandContext,
  of: RolesOf,
  words: (people: string, roles: string) => string,
  change: () => Promise<T>,
): Promise<T> => {
  const held = await indispensableAmong(ctx, of);
  const changed = await alertOfRolesTaken(ctx, of, words, change);
  const role = await firstUnheld(ctx, held);
  if (role === null) return changed;
  throw new ScimError(
    'conflict',
    `Nobody else, past the cooling-off period, holds the role ${roleNames([role])} in Gatehouse. Give it to somebody else there first, then repeat this change.`,
  );
};
