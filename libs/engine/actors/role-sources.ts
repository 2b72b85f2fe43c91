import { Prisma, type Database, type Tx } from '#libs/platform/db';
import { HOUR_MS, ROLES, type Role } from '#libs/platform/kernel';
import { z } from 'zod';
import { reachedByAloneChanges } from './alone-changes.sql.js';

/** One reason why somebody has a role at this moment. */
export interface RoleSource {
  personId: string;
  role: Role;
  via: 'assignment' | 'group' | 'emergency';
  /** Who assigned it; null for the system, and for the other ways. */
  assignedById: string | null;
  groupId: string | null;
  emergencyId: string | null;
  since: Date;
  expiresAt: Date | null;
  /** They cannot approve with it yet, or (emergency access) not at all. */
  isCoolingOff: boolean;
  /** Until when it cools off; null: it does not, or (emergency access) for as long as it lasts. */
  coolsOffUntil: Date | null;
  /** Nor while one person alone changes by what they show who they are, though it has cooled off. */
  isSuspended: boolean;
}

/** When it is asked, and how long something new cools off. */
export interface RoleTimes {
  now: Date;
  coolingOffHours: number;
}

/** Roles that decide about others, or become such: what happens to their holders raises alerts. */
export const PRIVILEGED_ROLES: ReadonlySet<Role> = new Set([
  'it',
  'security',
  'emergency',
  'owner',
]);

/**
 * The privileged roles that a person would have, and has not: a claim linked their sign-in, and two people
 * have not said yet that it is them (invariant I10).
 */
export const readUnconfirmedRoles = async (
  db: Database | Tx,
  personId: string,
  times: RoleTimes,
): Promise<Role[]> => {
  const rows = await readRows(db, [personId], times, Prisma.empty);
  return inOrder(rows.filter(isUnconfirmed));
};

/**
 * The privileged roles of each of these people, by assignment or by a group: of somebody inactive, or whose
 * link nobody has confirmed, those that they would have.
 */
export const readPrivilegedRoles = async (
  db: Database | Tx,
  personIds: readonly string[],
  times: RoleTimes,
): Promise<ReadonlyMap<string, readonly Role[]>> => {
  const rows = await readRows(db, personIds, times, Prisma.empty);
  const lasting = rows.filter(({ role, via }) => via !== 'emergency' && PRIVILEGED_ROLES.has(role));
  return new Map(
    [...Map.groupBy(lasting, ({ personId }) => personId)].map(([id, of]) => [id, inOrder(of)]),
  );
};

const inOrder = (rows: readonly Row[]): Role[] => {
  const held = new Set(rows.map(({ role }) => role));
  return ROLES.filter((role) => held.has(role));
};

/**
 * Reads every reason why these people have a role: assignment, groups that are mapped to it, open emergency
 * access. It is the one reading of it, for commands, requests and screens.
 */
export const readRoleSources = (
  db: Database | Tx,
  personIds: readonly string[],
  times: RoleTimes,
): Promise<RoleSource[]> => read(db, personIds, times, Prisma.empty);

/**
 * The same inside a command's transaction, and holds every row that gives a role: what takes one of them away
 * commits before this reads, or after the command does (invariant I12).
 */
export const holdRoleSources = (
  tx: Tx,
  personId: string,
  times: RoleTimes,
): Promise<RoleSource[]> => read(tx, [personId], times, Prisma.sql`FOR SHARE`);

const rowSchema = z.object({
  personId: z.uuid(),
  role: z.enum(ROLES),
  via: z.enum(['assignment', 'group', 'emergency']),
  assignedById: z.uuid().nullable(),
  groupId: z.uuid().nullable(),
  emergencyId: z.uuid().nullable(),
  since: z.date(),
  expiresAt: z.date().nullable(),
  /** From when the cooling-off period counts; null: there is none. */
  newSince: z.date().nullable(),
  isSuspended: z.boolean(),
  /** A claim linked their sign-in, and nobody has confirmed it: no privileged role is in force with it. */
  hasUnconfirmedLink: z.boolean(),
});
type Row = z.infer<typeof rowSchema>;

// Nobody becomes the installation's owner by a group, and an emergency gives exactly these two roles. A role
// is as new as its assignment or membership, and as the person themselves: since they were enabled again,
// linked to a sign-in by a claim, or one person alone changed by what they show who they are (invariant I10).
const readRows = async (
  db: Database | Tx,
  personIds: readonly string[],
  { now, coolingOffHours }: RoleTimes,
  lock: Prisma.Sql,
): Promise<Row[]> => {
  const since = coolingOffSince(now, coolingOffHours);
  const ids = Prisma.sql`ANY(${[...personIds]}::uuid[])`;
  const rows = await db.$queryRaw<unknown[]>`
    WITH assigned AS (
      SELECT person_id, role, assigned_by_id, assigned_at,
          CASE WHEN settled_at_once OR assigned_by_id IS NULL THEN NULL ELSE assigned_at END AS new_since
        FROM person_role WHERE person_id = ${ids} ${lock}),
    by_group AS (
      SELECT member.person_id, mapping.role, member.group_id,
          greatest(member.added_at, mapping.decided_at) AS since
        FROM group_member member JOIN group_mapping mapping ON mapping.group_id = member.group_id
        WHERE member.person_id = ${ids}
          AND mapping.state = 'active' AND mapping.role <> 'owner' ${lock}),
    emergency AS (
      SELECT id, person_id, started_at, expires_at FROM emergency_access WHERE person_id = ${ids}
        AND ended_at IS NULL AND expires_at > ${now}::timestamptz ${lock}),
    linked AS (
      SELECT person_id, max(coalesce(confirmed_at, linked_at)) AS at,
          bool_or(confirmed_at IS NULL) AS is_unconfirmed FROM person_identity
        WHERE person_id = ${ids} AND linked_by = 'claim' GROUP BY person_id),
    alone AS (${reachedByAloneChanges(ids, { now, since })}),
    source AS (
      SELECT person_id, role::text, 'assignment' AS via, assigned_by_id, NULL::uuid AS group_id,
          NULL::uuid AS emergency_id, assigned_at AS since, NULL::timestamptz AS expires_at, new_since FROM assigned
      UNION ALL SELECT person_id, role::text, 'group', NULL, group_id, NULL, since, NULL, since FROM by_group
      UNION ALL SELECT person_id, given.role, 'emergency', NULL, NULL, id, started_at, expires_at, started_at
        FROM emergency, (VALUES ('it'), ('security')) AS given (role))
    SELECT source.person_id AS "personId", source.role, source.via,
        source.assigned_by_id AS "assignedById", source.group_id AS "groupId",
        source.emergency_id AS "emergencyId", source.since,
        source.expires_at AS "expiresAt",
        greatest(source.new_since, person.enabled_at, linked.at, alone.done_at) AS "newSince",
        coalesce(alone.waits, false) AS "isSuspended",
        coalesce(linked.is_unconfirmed, false) AS "hasUnconfirmedLink"
      FROM source JOIN person ON person.id = source.person_id
        LEFT JOIN linked ON linked.person_id = source.person_id
        LEFT JOIN alone ON alone.person_id = source.person_id`;
  return z.array(rowSchema).parse(rows);
};

// What is newer cools off still.
const coolingOffSince = (now: Date, coolingOffHours: number): Date =>
  new Date(now.getTime() - coolingOffHours * HOUR_MS);

const read = async (
  db: Database | Tx,
  personIds: readonly string[],
  times: RoleTimes,
  lock: Prisma.Sql,
): Promise<RoleSource[]> => {
  const rows = await readRows(db, personIds, times, lock);
  return inForce(rows).map(({ newSince, hasUnconfirmedLink: _link, ...row }) => {
    const coolsOffUntil = row.via === 'emergency' ? null : coolingOffUntil(newSince, times);
    return {
      ...row,
      coolsOffUntil,
      isCoolingOff: row.via === 'emergency' || coolsOffUntil !== null,
    };
  });
};

const coolingOffUntil = (
  newSince: Date | null,
  { now, coolingOffHours }: RoleTimes,
): Date | null => {
  if (newSince === null) return null;
  const until = new Date(newSince.getTime() + coolingOffHours * HOUR_MS);
  return until > now ? until : null;
};

const isUnconfirmed = ({ role, hasUnconfirmedLink }: Row): boolean =>
  hasUnconfirmedLink && PRIVILEGED_ROLES.has(role);

// An emergency that outlived the role which opened it gives nothing, nor does a link that nobody has
// confirmed.
const inForce = (all: readonly Row[]): Row[] => {
  const rows = all.filter((row) => !isUnconfirmed(row));
  const canOpen = new Set(
    rows
      .filter(({ role, via }) => role === 'emergency' && via !== 'emergency')
      .map(({ personId }) => personId),
  );
  return rows.filter(({ via, personId }) => via !== 'emergency' || canOpen.has(personId));
};
