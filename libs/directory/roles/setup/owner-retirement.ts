import type { Tx } from '#libs/platform/db';
import { DomainError, type Role } from '#libs/platform/kernel';
import { hasHolder, takeRole } from '#libs/directory/people';

// With these the owner has done what they are for.
const APPOINTED = [
  'it',
  'security',
  'grc',
  'developer',
  'office',
] as const satisfies readonly Role[];
// Without these nobody could go on.
const NEEDED = ['it', 'security'] as const satisfies readonly Role[];

const allHeld = async (tx: Tx, roles: readonly Role[], byAtLeast = 1): Promise<boolean> => {
  for (const role of roles) if (!(await hasHolder(tx, role, byAtLeast))) return false;
  return true;
};

/**
 * Retires the installation's owner once every role has an active holder, and those without which nobody could go on
 * have two, so that one can approve what the other proposes; answers whether somebody was retired.
 * The role cannot be given again: only a setup code makes an owner.
 */
export const retireOwnerWhenDone = async (tx: Tx): Promise<boolean> => {
  if ((await tx.personRole.count({ where: { role: 'owner' } })) === 0) return false;
  if (!(await allHeld(tx, APPOINTED)) || !(await allHeld(tx, NEEDED, 2))) return false;
  return (await takeRole(tx, { role: 'owner' })) > 0;
};

/** Rejects to retire the owner while nobody could go on without them. */
export const assertOwnerMayGo = async (tx: Tx): Promise<void> => {
  if (await allHeld(tx, NEEDED)) return;
  throw new DomainError(
    'conflict',
    'The owner stays until the roles it and security each have an active holder.',
  );
};
