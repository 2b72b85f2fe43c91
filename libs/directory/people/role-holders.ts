import { CAN_ACT, PRIVILEGED_ROLES, readRoleSources } from '#libs/engine/actors';
import type { CommandContext } from '#libs/engine/commands';
import { takeAdvisoryLock, type Database, type PersonWhereInput, type Tx } from '#libs/platform/db';
import { DomainError, type Role, roleNames } from '#libs/platform/kernel';

/** Roles that an installation cannot be without: nobody could put anything right any more. */
export const INDISPENSABLE_ROLES = ['it', 'security'] as const satisfies readonly Role[];

// Until two people confirmed the link of their sign-in their privileged roles are not in force.
const UNCONFIRMED_LINK = { linkedBy: 'claim', confirmedAt: null } as const;
const CONFIRMED: PersonWhereInput = { identities: { none: UNCONFIRMED_LINK } };

const given = (role: Role): PersonWhereInput[] => [
  { roles: { some: { role } } },
  ...(role === 'owner'
    ? []
    : [
        { groups: { some: { group: { mappings: { some: { role, state: 'active' as const } } } } } },
      ]),
];

/** People who would have a privileged role, had two people confirmed their sign-in. */
export const UNCONFIRMED: PersonWhereInput = {
  identities: { some: UNCONFIRMED_LINK },
  OR: [...PRIVILEGED_ROLES].flatMap(given),
};

/** Active people who have the role by assignment or by a group; emergency access is left out. */
export const holdersWhere = (role: Role): PersonWhereInput => ({
  disabledAt: null,
  ...(PRIVILEGED_ROLES.has(role) ? CONFIRMED : {}),
  OR: given(role),
});

/** Whether anybody active has the role, or so many people. */
export const hasHolder = async (tx: Database | Tx, role: Role, atLeast = 1): Promise<boolean> =>
  (await tx.person.findMany({ where: holdersWhere(role), select: { id: true }, take: atLeast }))
    .length === atLeast;

/** An indispensable role that somebody holds, and whether anybody who can act has it cooled off. */
export interface HeldRole {
  role: Role;
  hasSettledHolder: boolean;
}

/** Whose roles a change may take away: people's, or those of a group's members. */
export type RolesOf = { personIds: readonly string[] } | { groupId: string };

type Context = Pick<CommandContext, 'tx' | 'now' | 'coolingOffHours'>;

/** Active people who can act, and whose role has cooled off. */
export const settledHolders = async (
  { tx, now, coolingOffHours }: Context,
  role: Role,
): Promise<{ id: string; name: string }[]> => {
  const holders = await tx.person.findMany({
    where: { AND: [holdersWhere(role), CAN_ACT] },
    select: { id: true, name: true },
  });
  const ids = holders.map(({ id }) => id);
  const sources = await readRoleSources(tx, ids, { now, coolingOffHours });
  const settled = new Set(
    sources
      .filter((source) => source.role === role && !source.isCoolingOff)
      .map(({ personId }) => personId),
  );
  return holders.filter(({ id }) => settled.has(id));
};

const isHeldBySettled = async (ctx: Context, role: Role): Promise<boolean> =>
  (await settledHolders(ctx, role)).length > 0;

const heldNow = async (ctx: Context, roles: readonly Role[]): Promise<HeldRole[]> => {
  const held: HeldRole[] = [];
  for (const role of roles)
    if (await hasHolder(ctx.tx, role))
      held.push({ role, hasSettledHolder: await isHeldBySettled(ctx, role) });
  return held;
};

/** The indispensable roles that somebody holds. Ask before a change, with the lock held. */
export const indispensableNow = (ctx: Context): Promise<HeldRole[]> =>
  heldNow(ctx, INDISPENSABLE_ROLES);

/**
 * Those of the indispensable roles that these people, or the members of this group, have: what a change of
 * them could take away. Holds who has which role only where there is one, so that changes of others never
 * wait for each other.
 */
export const indispensableAmong = async (ctx: Context, of: RolesOf): Promise<HeldRole[]> => {
  const where: PersonWhereInput =
    'groupId' in of
      ? { groups: { some: { groupId: of.groupId } } }
      : { id: { in: [...of.personIds] } };
  const theirs = async () => {
    const roles: Role[] = [];
    for (const role of INDISPENSABLE_ROLES) {
      const found = { AND: [where, holdersWhere(role)] };
      if ((await ctx.tx.person.findFirst({ where: found, select: { id: true } })) !== null)
        roles.push(role);
    }
    return roles;
  };
  if ((await theirs()).length === 0) return [];
  await takeAdvisoryLock(ctx.tx, 'roleHolders');
  return heldNow(ctx, await theirs());
};

/**
 * The first of these roles that a change left without anybody active, or of whose holders nobody is left
 * whose role has cooled off: a newcomer alone cannot be the second person, and could be the one who made the
 * change (invariant I10).
 */
export const firstUnheld = async (
  ctx: Context,
  before: readonly HeldRole[],
): Promise<Role | null> => {
  for (const { role, hasSettledHolder } of before) {
    const isHeld = hasSettledHolder
      ? await isHeldBySettled(ctx, role)
      : await hasHolder(ctx.tx, role);
    if (!isHeld) return role;
  }
  return null;
};

/** Rejects a change that left one of these roles without a holder who counts. */
export const assertStillHeld = async (ctx: Context, before: readonly HeldRole[]): Promise<void> => {
  const role = await firstUnheld(ctx, before);
  if (role !== null)
    throw new DomainError(
      'conflict',
      `Nobody else, past the cooling-off period, holds the role ${roleNames([role])}. Give it to somebody else first.`,
    );
};
