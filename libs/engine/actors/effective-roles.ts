import { Prisma, type Database, type Tx } from '#libs/platform/db';
import { HOUR_MS, ROLES, type Role } from '#libs/platform/kernel';
import { z } from 'zod';

const rowSchema = z.object({
  role: z.enum(ROLES),
  /** Since when the person could approve with it, without the delay; null: at once, or (emergency) never. */
  since: z.date().nullable(),
  isEmergency: z.boolean(),
});

/** The roles that somebody has at this moment, whatever gave them. */
export interface EffectiveRoles {
  roles: readonly Role[];
  /** Those that nothing but something new or an emergency gives: nobody approves with them. */
  coolingOffRoles: readonly Role[];
}

/** When it is asked, and how long something new cools off. */
export interface RoleTimes {
  now: Date;
  coolingOffHours: number;
}

/**
 * Reads what gives somebody a role: assignment, groups that are mapped to it, open emergency access. Asked
 * on every request, so that what was revoked is gone at once.
 */
export const effectiveRoles = (
  db: Database | Tx,
  personId: string,
  times: RoleTimes,
): Promise<EffectiveRoles> => readRoles(db, personId, times, Prisma.empty);

/**
 * The same inside a command's transaction, and holds every row that gives a role: what takes one of them away
 * commits before this reads, or after the command does (invariant I12).
 */
export const holdEffectiveRoles = (
  tx: Tx,
  personId: string,
  times: RoleTimes,
): Promise<EffectiveRoles> => readRoles(tx, personId, times, Prisma.sql`FOR SHARE`);

// Nobody becomes the installation's owner by a group, and an emergency gives exactly these two roles.
const readRoles = async (
  db: Database | Tx,
  personId: string,
  { now, coolingOffHours }: RoleTimes,
  lock: Prisma.Sql,
): Promise<EffectiveRoles> => {
  const rows = await db.$queryRaw<unknown[]>`
    WITH assigned AS (
      SELECT role, CASE WHEN assigned_by_id IS NULL THEN NULL ELSE assigned_at END AS since
        FROM person_role WHERE person_id = ${personId}::uuid ${lock}),
    by_group AS (
      SELECT mapping.role, greatest(member.added_at, mapping.decided_at) AS since
        FROM group_member member JOIN group_mapping mapping ON mapping.group_id = member.group_id
        WHERE member.person_id = ${personId}::uuid
          AND mapping.state = 'active' AND mapping.role <> 'owner' ${lock}),
    emergency AS (
      SELECT id FROM emergency_access WHERE person_id = ${personId}::uuid
        AND ended_at IS NULL AND expires_at > ${now}::timestamptz ${lock})
    SELECT role::text, since, false AS "isEmergency" FROM assigned
    UNION ALL SELECT role::text, since, false FROM by_group
    UNION ALL SELECT given.role, NULL, true
      FROM emergency, (VALUES ('it'), ('security')) AS given (role)`;
  return fold(z.array(rowSchema).parse(rows), now.getTime() - coolingOffHours * HOUR_MS);
};

type Row = z.infer<typeof rowSchema>;

const isCoolingOff = ({ since, isEmergency }: Row, coolingOffSince: number): boolean =>
  isEmergency || (since !== null && since.getTime() > coolingOffSince);

const fold = (all: readonly Row[], coolingOffSince: number): EffectiveRoles => {
  const lasting = all.filter(({ isEmergency }) => !isEmergency);
  // An emergency that outlived the role which opened it gives nothing.
  const rows = lasting.some(({ role }) => role === 'emergency') ? all : lasting;
  const held = new Set(rows.map(({ role }) => role));
  const settled = new Set(
    rows.filter((row) => !isCoolingOff(row, coolingOffSince)).map(({ role }) => role),
  );
  // In the order of ROLES, so that the same roles always read the same.
  const roles = ROLES.filter((role) => held.has(role));
  return { roles, coolingOffRoles: roles.filter((role) => !settled.has(role)) };
};
