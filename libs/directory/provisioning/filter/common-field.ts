import { Prisma } from '#libs/platform/db';
import type { ResourceType } from '../schema/attribute.js';
import type { Resolved } from '../schema/resolve.js';
import type { Sql, SqlField } from './sql-field.js';

/** Where the attributes of every resource are in the rows of one type. */
export interface CommonColumns {
  id: Sql;
  externalId: Sql;
  createdAt: Sql;
  updatedAt: Sql;
  /** Whether a row has something of the extension with this URN; null for a type without extensions. */
  extends: ((urn: string) => Sql) | null;
}

/** An attribute that every resource has (RFC 7643 §3.1); undefined for any other, null for what cannot be asked. */
export const commonField = (
  type: ResourceType,
  { extension, attribute, sub }: Resolved,
  columns: CommonColumns,
): SqlField | null | undefined => {
  if (extension !== null) return undefined;
  switch (attribute.name) {
    case 'id':
      return { kind: 'id', value: columns.id };
    case 'externalId':
      return { kind: 'text', value: columns.externalId, caseExact: true };
    case 'schemas':
      return schemasField(type, columns);
    case 'meta':
      return metaField(type, sub?.name ?? '', columns);
    default:
      return undefined;
  }
};

const metaField = (
  type: ResourceType,
  part: string,
  { createdAt, updatedAt }: CommonColumns,
): SqlField | null => {
  switch (part) {
    case 'created':
      return { kind: 'time', value: createdAt };
    case 'lastModified':
      return { kind: 'time', value: updatedAt };
    case 'resourceType':
      return { kind: 'text', value: Prisma.sql`${type.name}::text`, caseExact: true };
    default:
      return null;
  }
};

const schemasField = (type: ResourceType, { extends: has }: CommonColumns): SqlField => {
  const own = Prisma.sql`SELECT ${type.schema.id}::text AS urn`;
  const others =
    has === null
      ? []
      : type.extensions.map(({ id }) => Prisma.sql`SELECT ${id}::text AS urn WHERE ${has(id)}`);
  const all = Prisma.join([own, ...others], ' UNION ALL ');
  return {
    kind: 'values',
    some: (condition) => Prisma.sql`EXISTS (SELECT 1 FROM (${all}) AS named WHERE ${condition})`,
    first: null,
    // URNs are the same in any case (RFC 8141 §3.1).
    part: (sub) =>
      sub === null ? { kind: 'text', value: Prisma.sql`named.urn`, caseExact: false } : null,
  };
};
