import { Prisma, type Tx } from '#libs/platform/db';
import { z } from 'zod';
import { fromManager } from './manager.sql.js';
import type { UserRow } from './user.view.js';

const GROUPS_SHOWN = 1000;

const rowSchema = z.object({
  personId: z.uuid(),
  connectionId: z.uuid(),
  userName: z.string(),
  externalId: z.string().nullable(),
  attributes: z.unknown(),
  active: z.boolean(),
  activeStated: z.boolean(),
  version: z.int(),
  createdAt: z.date(),
  updatedAt: z.date(),
  disabledAt: z.date().nullable(),
  disabledByPeople: z.boolean(),
  name: z.string(),
  groups: z.array(z.object({ id: z.uuid(), displayName: z.string() })).nullable(),
  manager: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});

const MANAGER = Prisma.sql`(SELECT jsonb_build_object('id', m.person_id, 'name', mp.name) ${fromManager})`;

const COLUMNS = Prisma.sql`u.person_id AS "personId", u.connection_id AS "connectionId",
  u.user_name AS "userName", u.external_id AS "externalId", u.attributes, u.active, u.active_stated AS "activeStated", u.version,
  u.created_at AS "createdAt", u.updated_at AS "updatedAt", p.disabled_at AS "disabledAt",
  p.disabled_by_people AS "disabledByPeople", p.name, ${MANAGER} AS manager`;

const GROUPS = Prisma.sql`(SELECT jsonb_agg(jsonb_build_object('id', found.id, 'displayName', found.display_name))
  FROM (SELECT g.id, g.display_name FROM group_member m JOIN people_group g ON g.id = m.group_id
    WHERE m.person_id = u.person_id AND g.connection_id = u.connection_id
    ORDER BY g.id LIMIT ${GROUPS_SHOWN}) AS found)`;

const parse = (rows: unknown[]): UserRow[] => z.array(rowSchema).parse(rows);

/** These Users of a connection, with the groups of each where they are shown: one statement. */
export const readUsers = async (
  db: Pick<Tx, '$queryRaw'>,
  connectionId: string,
  ids: readonly string[],
  withGroups: boolean,
): Promise<UserRow[]> =>
  parse(
    await db.$queryRaw`SELECT ${COLUMNS}, ${withGroups ? GROUPS : Prisma.sql`NULL::jsonb`} AS groups
      FROM scim_user u JOIN person p ON p.id = u.person_id
      WHERE u.person_id = ANY(${[...ids]}::uuid[]) AND u.connection_id = ${connectionId}::uuid`,
  );

/** A User of a connection, locked; null when it is another's or there is none. */
export const readUserForUpdate = async (
  tx: Tx,
  connectionId: string,
  personId: string,
): Promise<UserRow | null> => {
  const rows = parse(
    await tx.$queryRaw`SELECT ${COLUMNS}, NULL::jsonb AS groups
      FROM scim_user u JOIN person p ON p.id = u.person_id
      WHERE u.person_id = ${personId}::uuid AND u.connection_id = ${connectionId}::uuid FOR UPDATE OF u`,
  );
  return rows[0] ?? null;
};
