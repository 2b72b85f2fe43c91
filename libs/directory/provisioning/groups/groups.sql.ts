import { Prisma, type Tx } from '#libs/platform/db';
import { z } from 'zod';
import { commonField } from '../filter/common-field.js';
import { comparableSql, type Sql, type SqlField } from '../filter/sql-field.js';
import type { ListSource } from '../resource/page.sql.js';
import type { Attribute } from '../schema/attribute.js';
import { GROUP } from '../schema/group.js';
import { folded } from '../users/user.columns.js';
import type { MemberRow } from './group.view.js';

const sql = Prisma.sql;

const displayName: SqlField = {
  kind: 'text',
  value: sql`g.display_name`,
  caseExact: false,
  // The index finds at most one; the comparison says whether it is the one.
  equals: (literal) =>
    sql`(g.display_name_folded = ${folded(literal)}
      AND ${comparableSql(sql`g.display_name`)} = ${comparableSql(sql`${literal}::text`)})`,
};

const members: SqlField = {
  kind: 'values',
  some: (
    condition: Sql,
  ) => sql`EXISTS (SELECT 1 FROM group_member m JOIN person p ON p.id = m.person_id
    WHERE m.group_id = g.id AND ${condition})`,
  first: null,
  part: (sub: Attribute | null): SqlField | null => {
    if (sub === null || sub.name === 'value') return { kind: 'id', value: sql`m.person_id` };
    if (sub.name === 'type') return { kind: 'text', value: sql`'User'::text`, caseExact: false };
    return sub.name === 'display' ? { kind: 'text', value: sql`p.name`, caseExact: false } : null;
  },
};

const COMMON_COLUMNS = {
  id: sql`g.id`,
  externalId: sql`g.external_id`,
  createdAt: sql`g.created_at`,
  updatedAt: sql`g.updated_at`,
  extends: null,
};

/** Groups for lists and filters. */
export const GROUPS: ListSource = {
  type: GROUP,
  from: sql`people_group g`,
  id: sql`g.id`,
  scope: (connectionId) => sql`g.connection_id = ${connectionId}::uuid`,
  field: (resolved) => {
    switch (resolved.attribute.name) {
      case 'displayName':
        return displayName;
      case 'members':
        return members;
      default:
        return commonField(GROUP, resolved, COMMON_COLUMNS) ?? null;
    }
  },
};

const memberSchema = z.object({ groupId: z.uuid(), personId: z.uuid(), name: z.string() });

/** The members of these groups, in a stable order. */
export const readMembers = async (
  db: Pick<Tx, '$queryRaw'>,
  groupIds: readonly string[],
): Promise<MemberRow[]> => {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT m.group_id AS "groupId", m.person_id AS "personId", p.name
    FROM group_member m JOIN person p ON p.id = m.person_id
    WHERE m.group_id = ANY(${[...groupIds]}::uuid[]) ORDER BY m.group_id, m.person_id`;
  return z.array(memberSchema).parse(rows);
};
