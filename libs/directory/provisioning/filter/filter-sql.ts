import { Prisma } from '#libs/platform/db';
import { badRequest } from '../errors.js';
import { findAttribute, type ResourceType } from '../schema/attribute.js';
import { resolveOrReject, type Resolved } from '../schema/resolve.js';
import { compareSql, presentSql } from './compare-sql.js';
import type { AttributePath, Filter } from './filter.js';
import type { Sql, SqlField, SqlResource } from './sql-field.js';

type Field = (path: AttributePath) => { field: SqlField; resolved: Resolved };

const nameOf = ({ name, sub }: AttributePath): string =>
  [name, sub].filter((part) => part !== null).join('.');

const notAskable = (path: AttributePath) =>
  badRequest('invalidFilter', `A filter cannot ask about ${nameOf(path)}.`);

/** A filter as a condition on the resource's rows; it is never null, so that `not` means not. */
export const filterSql = (type: ResourceType, resource: SqlResource, filter: Filter): Sql => {
  const field: Field = (path) => {
    const resolved = resolveOrReject(type, path, 'invalidFilter');
    const found = resource.field(resolved);
    if (found === null) throw notAskable(path);
    return { field: found, resolved };
  };
  return conditionOf(filter, field);
};

const conditionOf = (filter: Filter, field: Field): Sql => {
  switch (filter.kind) {
    case 'and':
      return Prisma.sql`(${conditionOf(filter.left, field)} AND ${conditionOf(filter.right, field)})`;
    case 'or':
      return Prisma.sql`(${conditionOf(filter.left, field)} OR ${conditionOf(filter.right, field)})`;
    case 'not':
      return Prisma.sql`(NOT ${conditionOf(filter.filter, field)})`;
    case 'within':
      return withinSql(filter.path, filter.filter, field);
    case 'present':
    case 'compare':
      return leafSql(filter, field);
  }
};

const leafSql = (filter: Filter & { kind: 'present' | 'compare' }, field: Field): Sql => {
  const { field: found, resolved } = field(filter.path);
  if (found.kind !== 'values') return comparison(filter, found);
  const part = found.part(resolved.sub);
  if (filter.kind === 'present')
    return found.some(part === null ? Prisma.sql`true` : presentSql(part));
  if (part === null) throw notAskable(filter.path);
  const some = found.some(comparison(filter, part));
  // One value that fits is enough (RFC 7644 §3.4.2.2), also for ne; and without a value none is equal.
  return filter.operator === 'ne'
    ? Prisma.sql`(${some} OR NOT ${found.some(Prisma.sql`true`)})`
    : some;
};

const comparison = (filter: Filter & { kind: 'present' | 'compare' }, field: SqlField): Sql =>
  filter.kind === 'present' ? presentSql(field) : compareSql(field, filter.operator, filter.value);

const withinSql = (path: AttributePath, inner: Filter, field: Field): Sql => {
  const { field: found, resolved } = field(path);
  if (found.kind !== 'values' || path.sub !== null) throw notAskable(path);
  const ofPart: Field = (named) => {
    const sub = findAttribute(resolved.attribute.subAttributes ?? [], named.name);
    const part = sub === undefined ? null : found.part(sub);
    if (part === null || named.urn !== null || named.sub !== null) throw notAskable(named);
    return { field: part, resolved };
  };
  return found.some(conditionOf(inner, ofPart));
};
