import { readPrivilegedRoles } from '#libs/engine/actors';
import { countAlertsBy, raiseAlert } from '#libs/engine/alert-records';
import type { CommandContext } from '#libs/engine/commands';
import { DAY_MS, firstNames, roleNames, ROLES, type Role } from '#libs/platform/kernel';
import { INDISPENSABLE_ROLES, settledHolders, type RolesOf } from './role-holders.js';

// An alert names a few; the calling command's own entry has everybody's id.
const NAMED = 5;
const KINDS = ['privileged_member_removed', 'one_role_holder_left'] as const;

type Held = ReadonlyMap<string, readonly Role[]>;

/**
 * Makes a change, and raises one alert when active people have fewer privileged roles after it: there are
 * fewer who could stop what comes next. It is of a kind of its own when that leaves IT or security to one
 * person. What somebody gives up of their own is no news otherwise. `words` says of `people` and `roles` what
 * was done.
 */
export const alertOfRolesTaken = async <T>(
  ctx: CommandContext,
  of: RolesOf,
  words: (people: string, roles: string) => string,
  change: () => Promise<T>,
): Promise<T> => {
  const before = await heldBy(ctx, await idsOf(ctx, of));
  const changed = await change();
  if (before.size === 0) return changed;
  const lost = lostSince(before, await heldBy(ctx, [...before.keys()]));
  if (lost.size > 0) await raise(ctx, of, words, lost);
  return changed;
};

const idsOf = async ({ tx }: CommandContext, of: RolesOf): Promise<readonly string[]> => {
  if ('personIds' in of) return of.personIds;
  const { groupId } = of;
  // Most groups give no role.
  if ((await tx.groupMapping.count({ where: { groupId, state: 'active' } })) === 0) return [];
  const members = await tx.groupMember.findMany({ where: { groupId }, select: { personId: true } });
  return members.map(({ personId }) => personId);
};

const heldBy = async (ctx: CommandContext, ids: readonly string[]): Promise<Held> => {
  if (ids.length === 0) return new Map();
  const { tx, now, coolingOffHours } = ctx;
  const roles = await readPrivilegedRoles(tx, ids, { now, coolingOffHours });
  const active = await tx.person.findMany({
    where: { id: { in: [...roles.keys()] }, disabledAt: null },
    select: { id: true },
  });
  return new Map(active.map(({ id }) => [id, roles.get(id) ?? []]));
};

const lostSince = (before: Held, after: Held): Held =>
  new Map(
    [...before]
      .map(([id, roles]) => {
        return [id, roles.filter((role) => after.get(id)?.includes(role) !== true)] as const;
      })
      .filter(([, roles]) => roles.length > 0),
  );

const raise = async (
  ctx: CommandContext,
  of: RolesOf,
  words: (people: string, roles: string) => string,
  lost: Held,
): Promise<void> => {
  const { tx, now, actor } = ctx;
  const ids = [...lost.keys()];
  const [first = '', ...others] = ids;
  const roles = ROLES.filter((role) => [...lost.values()].some((one) => one.includes(role)));
  const left = await oneLeft(ctx, roles);
  if (left === null && first === actor.id && others.length === 0) return;
  const people = await tx.person.findMany({
    where: { id: { in: ids.slice(0, NAMED + 1) } },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  const names = people.map(({ name }) => name);
  const said = words(
    firstNames([...names, ...ids.slice(names.length)], NAMED),
    roleNames(roles, 'conjunction'),
  );
  const count = await countAlertsBy(tx, actor, {
    kinds: KINDS,
    after: new Date(now.getTime() - DAY_MS),
  });
  const inARow = count === 0 ? '' : ` They did such a thing ${count + 1} times within a day.`;
  const single = others.length === 0 || 'personIds' in of;
  await raiseAlert(tx, now, {
    kind: left === null ? 'privileged_member_removed' : 'one_role_holder_left',
    subject: single ? { kind: 'person', id: first } : { kind: 'group', id: of.groupId },
    message: `${said}${left === null ? '' : ` ${left}`}${inARow}`,
    by: actor,
    concerns: ids,
  });
};

/** A sentence about the first of these roles that one person alone can decide with now. */
const oneLeft = async (ctx: CommandContext, roles: readonly Role[]): Promise<string | null> => {
  for (const role of INDISPENSABLE_ROLES.filter((one) => roles.includes(one))) {
    const [only, another] = await settledHolders(ctx, role);
    if (only !== undefined && another === undefined)
      return `Now only ${only.name} holds the role ${roleNames([role])} past its cooling-off period.`;
  }
  return null;
};
