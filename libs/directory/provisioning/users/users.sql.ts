import { Prisma } from '#libs/platform/db';
import { jsonField, type Sql, type SqlField } from '../filter/sql-field.js';
import type { ListSource } from '../resource/page.sql.js';
import type { Attribute } from '../schema/attribute.js';
import type { Resolved } from '../schema/resolve.js';
import { ENTERPRISE_URN, USER } from '../schema/user.js';
import { folded } from './user.columns.js';

const sql = Prisma.sql;

const text = (value: Sql, caseExact: boolean): SqlField => ({ kind: 'text', value, caseExact });

// The index finds at most one, and the case-insensitive comparison says whether it is the one: what only
// looks alike in NFKC is unique against it, and not equal to it.
const userName: SqlField = {
  kind: 'text',
  value: sql`u.user_name`,
  caseExact: false,
  equals: (literal) =>
    sql`(u.user_name_folded = ${folded(literal)} AND lower(u.user_name) = lower(${literal}::text))`,
};

const displayNameText = sql`(u.attributes #>> '{displayName}')`;
const displayName: SqlField = {
  kind: 'text',
  value: displayNameText,
  caseExact: false,
  // As the index has it; a name that is not there is not equal, and never null.
  equals: (literal) =>
    sql`(${displayNameText} IS NOT NULL AND lower(${displayNameText}) = lower(${literal}::text))`,
};

const groups: SqlField = {
  kind: 'values',
  some: (
    condition,
  ) => sql`EXISTS (SELECT 1 FROM group_member m JOIN people_group g ON g.id = m.group_id
    WHERE m.person_id = u.person_id AND g.connection_id = u.connection_id AND ${condition})`,
  first: null,
  part: (sub: Attribute | null) => {
    if (sub === null || sub.name === 'value') return { kind: 'id', value: sql`m.group_id` };
    return sub.name === 'display' ? text(sql`g.display_name`, false) : null;
  },
};

const columnOf = ({ extension, attribute, sub }: Resolved): SqlField | null | undefined => {
  if (extension === ENTERPRISE_URN && attribute.name === 'employeeNumber')
    return text(sql`u.employee_number`, true);
  if (extension !== null) return undefined;
  switch (attribute.name) {
    case 'id':
      return { kind: 'id', value: sql`u.person_id` };
    case 'externalId':
      return text(sql`u.external_id`, true);
    case 'userName':
      return userName;
    case 'displayName':
      return displayName;
    case 'active':
      return { kind: 'boolean', value: sql`u.active` };
    case 'groups':
      return groups;
    case 'meta':
      if (sub?.name === 'created') return { kind: 'time', value: sql`u.created_at` };
      return sub?.name === 'lastModified' ? { kind: 'time', value: sql`u.updated_at` } : null;
    case 'schemas':
      return null;
    default:
      return undefined;
  }
};

/** People for lists and filters; the left join is left out where nothing asks about it. */
export const USERS: ListSource = {
  type: USER,
  from: sql`scim_user u LEFT JOIN person p ON p.id = u.person_id`,
  id: sql`u.person_id`,
  scope: (connectionId) => sql`u.connection_id = ${connectionId}::uuid`,
  field: (resolved) => {
    const column = columnOf(resolved);
    return column === undefined ? jsonField(sql`u.attributes`, resolved) : column;
  },
};
