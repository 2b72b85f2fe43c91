import { Prisma } from '#libs/platform/db';
import { isUuid } from '#libs/platform/kernel';
import { badRequest } from '../errors.js';
import type { Comparison, Literal } from './filter.js';
import { comparableSql, type Sql, type SqlField } from './sql-field.js';

type Single = Exclude<SqlField, { kind: 'values' }>;

const ORDER = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

const FALSE = Prisma.sql`false`;
const wrong = (message: string) => badRequest('invalidFilter', message);

/** Whether there is a value at all (`pr`). */
export const presentSql = (field: SqlField): Sql => {
  if (field.kind === 'values') return field.some(Prisma.sql`true`);
  if (field.kind === 'text')
    return Prisma.sql`(${field.value} IS NOT NULL AND ${field.value} <> '')`;
  if (field.kind === 'boolean' && field.isPresent !== undefined) return field.isPresent;
  return Prisma.sql`(${field.value} IS NOT NULL)`;
};

/** A comparison that is true or false and never null. */
export const compareSql = (field: SqlField, operator: Comparison, literal: Literal): Sql => {
  if (field.kind === 'values') throw wrong('Name the part of the values to compare.');
  if (literal === null) return compareNull(field, operator);
  // What is absent is not equal to anything.
  if (operator === 'ne') return Prisma.sql`(NOT ${compareSql(field, 'eq', literal)})`;
  switch (field.kind) {
    case 'boolean':
      return compareBoolean(field.value, operator, literal);
    case 'time':
      return compareTime(field.value, operator, literal);
    case 'id':
      return compareId(field.value, operator, literal);
    case 'text':
      return compareText(field, operator, textOf(literal));
  }
};

const compareNull = (field: Single, operator: Comparison): Sql => {
  if (operator === 'eq') return Prisma.sql`(NOT ${presentSql(field)})`;
  if (operator === 'ne') return presentSql(field);
  throw wrong('Only eq and ne can be asked of null.');
};

const textOf = (literal: Literal): string => {
  if (typeof literal === 'string') return literal;
  throw wrong('Put the value in quotes: the attribute is text.');
};

const compareBoolean = (value: Sql, operator: Comparison, literal: Literal): Sql => {
  if (operator !== 'eq') throw wrong('A boolean can only be asked with eq, ne and pr.');
  // Some clients put booleans in quotes.
  const wanted = typeof literal === 'string' ? literal.toLowerCase() : String(literal);
  if (wanted !== 'true' && wanted !== 'false') throw wrong('The attribute is true or false.');
  return wanted === 'true' ? Prisma.sql`(${value})` : Prisma.sql`(NOT ${value})`;
};

const compareTime = (value: Sql, operator: Comparison, literal: Literal): Sql => {
  const time = /^\d{4}-\d\d-\d\dT/.test(String(literal))
    ? new Date(String(literal))
    : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) throw wrong('Write the time as 2026-01-31T12:00:00Z.');
  if (operator === 'eq') return Prisma.sql`(${value} = ${time})`;
  return Prisma.sql`(${value} ${Prisma.raw(orderOf(operator))} ${time})`;
};

const compareId = (value: Sql, operator: Comparison, literal: Literal): Sql => {
  const id = textOf(literal);
  if (operator === 'eq') return isUuid(id) ? Prisma.sql`(${value} = ${id}::uuid)` : FALSE;
  return compareText(
    { kind: 'text', value: Prisma.sql`${value}::text`, caseExact: true },
    operator,
    id,
  );
};

const orderOf = (operator: Comparison): string => {
  if (Object.hasOwn(ORDER, operator)) return ORDER[operator as keyof typeof ORDER];
  throw wrong('That operator is for text.');
};

const compareText = (
  field: SqlField & { kind: 'text' },
  operator: Comparison,
  literal: string,
): Sql => {
  if (operator === 'eq' && field.equals !== undefined) return field.equals(literal);
  const fold = (text: Sql) => (field.caseExact ? text : comparableSql(text));
  const value = fold(field.value);
  const given = fold(Prisma.sql`${literal}::text`);
  return Prisma.sql`(${field.value} IS NOT NULL AND ${test(operator, value, given)})`;
};

// No LIKE: its wildcards would be the client's to set.
const test = (operator: Comparison, value: Sql, given: Sql): Sql => {
  switch (operator) {
    case 'eq':
      return Prisma.sql`${value} = ${given}`;
    case 'co':
      return Prisma.sql`strpos(${value}, ${given}) > 0`;
    case 'sw':
      return Prisma.sql`starts_with(${value}, ${given})`;
    case 'ew':
      return Prisma.sql`right(${value}, length(${given})) = ${given}`;
    case 'ne':
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return Prisma.sql`${value} COLLATE "C" ${Prisma.raw(orderOf(operator))} ${given} COLLATE "C"`;
  }
};
