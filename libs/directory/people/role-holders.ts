import { takeAdvisoryLock, type Database, type PersonWhereInput, type Tx } from '#libs/platform/db';
import { DomainError, type Role, roleNames } from '#libs/platform/kernel';

/** Roles that an installation cannot be without: nobody could put anything right any more. */
export const INDISPENSABLE_ROLES = ['it', 'security'] as const satisfies readonly Role[];

/** Roles that decide about others, or become such: what happens to their holders raises alerts. */
export const PRIVILEGED_ROLES: ReadonlySet<Role> = new Set([
  'it',
  'security',
  'emergency',
  'owner',
]);

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

/** Whether anybody active has the role, or so many people. */
export const hasHolder = async (tx: Database | Tx, role: Role, atLeast = 1): Promise<boolean> =>
  (await tx.person.findMany({ where: holdersWhere(role), select: { id: true }, take: atLeast }))
    .length === atLeast;

/** The indispensable roles that somebody holds. Ask before a change, with the lock held. */
export const indispensableNow = async (tx: Tx): Promise<Role[]> => {
  const held: Role[] = [];
  for (const role of INDISPENSABLE_ROLES) if (await hasHolder(tx, role)) held.push(role);
  return held;
};

/**
 * Those of the indispensable roles that these people, or the members of this group, have: what a change of them could
 * take away. Holds who has which role only where there is one, so that changes of others never wait for each other.
 */
export const indispensableAmong = async (
  tx: Tx,
  of: { personIds: readonly string[] } | { groupId: string },
): Promise<Role[]> => {
  const where: PersonWhereInput =
    'groupId' in of
      ? { groups: { some: { groupId: of.groupId } } }
      : { id: { in: [...of.personIds] } };
  const heldNow = async () => {
    const held: Role[] = [];
    for (const role of INDISPENSABLE_ROLES) {
      const found = { AND: [where, holdersWhere(role)] };
      if ((await tx.person.findFirst({ where: found, select: { id: true } })) !== null)
        held.push(role);
    }
    return held;
  };
  if ((await heldNow()).length === 0) return [];
  await takeAdvisoryLock(tx, 'roleHolders');
  return heldNow();
};

/** The first of these roles that nobody active holds any more. */
export const firstUnheld = async (tx: Tx, before: readonly Role[]): Promise<Role | null> => {
  for (const role of before) if (!(await hasHolder(tx, role))) return role;
  return null;
};

/** Rejects a change that left one of these roles without any active holder. */
export const assertStillHeld = async (tx: Tx, before: readonly Role[]): Promise<void> => {
  const role = await firstUnheld(tx, before);
  if (role !== null)
    throw new DomainError(
      'conflict',
      `Nobody else holds the role ${roleNames([role])}. Give it to somebody else first.`,
    );
};
