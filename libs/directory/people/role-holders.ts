import { type Database, type PersonWhereInput, type Tx } from '#libs/platform/db';
import { DomainError, type Role } from '#libs/platform/kernel';

/** Roles that an installation cannot be without: nobody could put anything right any more. */
export const INDISPENSABLE_ROLES = ['it', 'security'] as const satisfies readonly Role[];

/** Active people who have the role by assignment or by a group; emergency access is left out. */
export const holdersWhere = (role: Role): PersonWhereInput => ({
  disabledAt: null,
  OR: [
    { roles: { some: { role } } },
    ...(role === 'owner'
      ? []
      : [
          {
            groups: { some: { group: { mappings: { some: { role, state: 'active' as const } } } } },
          },
        ]),
  ],
});

/** Whether anybody active has the role. */
export const hasHolder = async (tx: Database | Tx, role: Role): Promise<boolean> =>
  (await tx.person.findFirst({ where: holdersWhere(role), select: { id: true } })) !== null;

/** The indispensable roles that somebody holds. Ask before a change, with the lock held. */
export const indispensableNow = async (tx: Tx): Promise<Role[]> => {
  const held: Role[] = [];
  for (const role of INDISPENSABLE_ROLES) if (await hasHolder(tx, role)) held.push(role);
  return held;
};

/** Rejects a change that left one of these roles without any active holder. */
export const assertStillHeld = async (tx: Tx, before: readonly Role[]): Promise<void> => {
  for (const role of before) {
    if (await hasHolder(tx, role)) continue;
    throw new DomainError(
      'conflict',
      `Nobody else holds the role ${role}. Give it to somebody else first.`,
    );
  }
};
