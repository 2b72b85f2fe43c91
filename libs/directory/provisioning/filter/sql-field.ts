import { Prisma } from '#libs/platform/db';
import type { Attribute } from '../schema/attribute.js';
import { keysOf, type Resolved } from '../schema/resolve.js';

/** Text as it is compared where case does not count; in the database what `comparable` is here. */
export const comparableSql = (text: Sql): Sql => Prisma.sql`normalize(lower(${text}), NFC)`;

/** A piece of SQL with its parameters; what a client wrote is only ever a parameter. */
export type Sql = Prisma.Sql;

/** Where an attribute's value is stored, and how it is compared. */
export type SqlField =
  | {
      kind: 'text';
      value: Sql;
      caseExact: boolean;
      /** An equality that an index answers. */
      equals?: (literal: string) => Sql;
    }
  | { kind: 'id' | 'time'; value: Sql }
  | {
      kind: 'boolean';
      value: Sql;
      /** Whether it is assigned, where the value is false for what is not. */
      isPresent?: Sql;
    }
  | {
      kind: 'values';
      /** True when one value fits the condition. */
      some: (condition: Sql) => Sql;
      /** The primary or first one, to sort by; null where there is no such order. */
      first: Sql | null;
      part: (sub: Attribute | null) => SqlField | null;
    };

/** How one resource type is stored. */
export interface SqlResource {
  /** Null for what cannot be asked about. */
  field: (resolved: Resolved) => SqlField | null;
}

const text = (value: Sql, { caseExact }: Attribute): SqlField => ({
  kind: 'text',
  value,
  caseExact,
});

const scalar = (json: Sql, keys: readonly string[], attribute: Attribute): SqlField => {
  const value = Prisma.sql`(${json} #>> ${[...keys]}::text[])`;
  if (attribute.type === 'boolean')
    return { kind: 'boolean', value: Prisma.sql`coalesce(${value}::boolean, false)` };
  return text(value, attribute);
};

const valuePart = (attribute: Attribute): Attribute | null =>
  attribute.subAttributes?.find(({ name }) => name === 'value') ?? null;

/** The part of a value that an attribute without a part means: its `value`. */
export const meantPart = (attribute: Attribute, sub: Attribute | null): Attribute | null =>
  sub ?? valuePart(attribute);

/** An attribute that is in a JSON column under its own names. */
export const jsonField = (json: Sql, resolved: Resolved): SqlField | null => {
  const { attribute, sub } = resolved;
  const keys = keysOf({ ...resolved, sub: null });
  if (attribute.multiValued) {
    const values = Prisma.sql`jsonb_array_elements(${json} #> ${keys}::text[])`;
    return {
      kind: 'values',
      some: (condition) =>
        Prisma.sql`EXISTS (SELECT 1 FROM ${values} AS part(json) WHERE ${condition})`,
      first: Prisma.sql`(SELECT part.json ->> 'value' FROM ${values} WITH ORDINALITY AS part(json, place)
        ORDER BY coalesce((part.json ->> 'primary')::boolean, false) DESC, place LIMIT 1)`,
      part: (named) => {
        const part = meantPart(attribute, named);
        return part === null ? null : scalar(Prisma.sql`part.json`, [part.name], part);
      },
    };
  }
  if (attribute.type !== 'complex') return scalar(json, keys, attribute);
  const part = meantPart(attribute, sub);
  return part === null ? null : scalar(json, [...keys, part.name], part);
};
