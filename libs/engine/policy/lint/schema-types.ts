import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

/** JSON's types; a schema's `integer` is a number here. */
export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

type Resolve = (reference: string) => Json | undefined;

const MAX_DEPTH = 16;

/** The types that a value under this schema may have; null when it may have any. */
export function typesOf(
  schema: JsonObject,
  resolve: Resolve,
  depth = 0,
): ReadonlySet<JsonType> | null {
  if (depth > MAX_DEPTH) return null;
  const values = ownValues(schema);
  if (values !== null) return new Set(values.map(typeOf));
  const { type } = schema;
  if (type !== undefined)
    return new Set(
      [type]
        .flat()
        .map(typeNamed)
        .filter((name) => name !== null),
    );
  const branches = branchesOf(schema, resolve).map((branch) => typesOf(branch, resolve, depth + 1));
  const known = branches.filter((types) => types !== null);
  if (branches.length === 0 || known.length < branches.length) return null;
  return new Set(known.flatMap((types) => [...types]));
}

/** The only values that this schema lets through; null when it does not list them. */
export function valuesOf(schema: JsonObject, resolve: Resolve, depth = 0): readonly Json[] | null {
  const values = ownValues(schema);
  if (values !== null || depth > MAX_DEPTH) return values;
  const branches = branchesOf(schema, resolve).map((branch) =>
    valuesOf(branch, resolve, depth + 1),
  );
  const known = branches.filter((list) => list !== null);
  return branches.length === 0 || known.length < branches.length ? null : known.flat();
}

function ownValues(schema: JsonObject): readonly Json[] | null {
  if (schema['const'] !== undefined) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : null;
}

/** The schemas of which one at least applies as well. */
function branchesOf({ $ref, anyOf, oneOf }: JsonObject, resolve: Resolve): JsonObject[] {
  const referred = typeof $ref === 'string' ? [resolve($ref)] : [];
  const listed = [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [...referred, ...listed].map((branch) => (isObject(branch) ? branch : {}));
}

export function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}

const NAMES: ReadonlyMap<string, JsonType> = new Map([
  ['string', 'string'],
  ['number', 'number'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
  ['null', 'null'],
  ['array', 'array'],
  ['object', 'object'],
]);

const typeNamed = (name: Json): JsonType | null =>
  typeof name === 'string' ? (NAMES.get(name) ?? null) : null;
