import { Prisma } from '#libs/platform/db';
import { commonField } from '../filter/common-field.js';
import { comparableSql, jsonField, type Sql, type SqlField } from '../filter/sql-field.js';
import type { ListSource } from '../resource/page.sql.js';
import type { Attribute } from '../schema/attribute.js';
import type { Resolved } from '../schema/resolve.js';
import { ENTERPRISE_URN, USER } from '../schema/user.js';
import { fromManager } from './manager.sql.js';
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
    sql`(u.user_name_folded = ${folded(literal)}
      AND ${comparableSql(sql`u.user_name`)} = ${comparableSql(sql`${literal}::text`)})`,
};

const displayNameText = sql`(u.attributes #>> '{displayName}')`;
const displayName: SqlField = {
  kind: 'text',
  value: displayNameText,
  caseExact: false,
  // As the index has it; a name that is not there is not equal, and never null.
  equals: (literal) =>
    sql`(${displayNameText} IS NOT NULL
      AND ${comparableSql(displayNameText)} = ${comparableSql(sql`${literal}::text`)})`,
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

const COMMON_COLUMNS = {
  id: sql`u.person_id`,
  externalId: sql`u.external_id`,
  createdAt: sql`u.created_at`,
  updatedAt: sql`u.updated_at`,
  extends: (urn: string) => sql`jsonb_exists(u.attributes, ${urn})`,
};

const columnOf = (resolved: Resolved): SqlField | null | undefined => {
  const { extension, attribute, sub } = resolved;
  if (extension === ENTERPRISE_URN) return enterpriseColumnOf(attribute, sub);
  switch (attribute.name) {
    case 'userName':
      return userName;
    case 'displayName':
      return displayName;
    case 'active':
      return active(sql`u.active`, sql`u.active_stated`);
    case 'groups':
      return groups;
    default:
      return commonField(USER, resolved, COMMON_COLUMNS);
  }
};

const active = (value: Sql, isStated: Sql): SqlField => ({
  kind: 'boolean',
  value: sql`(${value} AND ${isStated})`,
  isPresent: isStated,
});

const enterpriseColumnOf = (attribute: Attribute, sub: Attribute | null): SqlField | undefined => {
  if (attribute.name === 'employeeNumber') return text(sql`u.employee_number`, true);
  if (attribute.name === 'manager' && sub?.name === 'displayName')
    return text(sql`(SELECT mp.name ${fromManager})`, false);
  return undefined;
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
