import type { Database, Tx } from '#libs/platform/db';
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
  /** Those that nothing but a new membership or an emergency gives: nobody approves with them. */
  coolingOffRoles: readonly Role[];
}

/**
 * Reads what gives somebody a role: assignment, groups that are mapped to it, open emergency access. Asked
 * on every request, so that what was revoked is gone at once.
 */
export const effectiveRoles = async (
  db: Database | Tx,
  personId: string,
  { now, coolingOffHours }: { now: Date; coolingOffHours: number },
): Promise<EffectiveRoles> => {
  // Nobody becomes the installation's owner by a group, and an emergency gives exactly these two roles.
  const rows = await db.$queryRaw<unknown[]>`
    SELECT role::text, NULL::timestamptz AS since, false AS "isEmergency"
      FROM person_role WHERE person_id = ${personId}::uuid
    UNION ALL
    SELECT mapping.role::text, greatest(member.added_at, mapping.decided_at), false
      FROM group_member member
      JOIN group_mapping mapping ON mapping.group_id = member.group_id
      WHERE member.person_id = ${personId}::uuid
        AND mapping.state = 'active' AND mapping.role <> 'owner'
    UNION ALL
    SELECT given.role, NULL, true
      FROM emergency_access emergency, (VALUES ('it'), ('security')) AS given (role)
      WHERE emergency.person_id = ${personId}::uuid
        AND emergency.ended_at IS NULL AND emergency.expires_at > ${now}::timestamptz`;
  return fold(z.array(rowSchema).parse(rows), now.getTime() - coolingOffHours * HOUR_MS);
};

type Row = z.infer<typeof rowSchema>;

const isCoolingOff = ({ since, isEmergency }: Row, coolingOffSince: number): boolean =>
  isEmergency || (since !== null && since.getTime() > coolingOffSince);

const fold = (rows: readonly Row[], coolingOffSince: number): EffectiveRoles => {
  const held = new Set(rows.map(({ role }) => role));
  const counting = new Set(
    rows.filter((row) => !isCoolingOff(row, coolingOffSince)).map(({ role }) => role),
  );
  // In the order of ROLES, so that the same roles always read the same.
  const roles = ROLES.filter((role) => held.has(role));
  return { roles, coolingOffRoles: roles.filter((role) => !counting.has(role)) };
};
