import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { makeString } from './make-string.js';

interface Making {
  root: JsonObject;
  /** Which of several possible values: another variant takes other branches and properties. */
  variant: number;
  depth: number;
  /** Adds an undeclared property wherever a schema allows it in so many words. */
  open?: boolean;
}

const MAX_DEPTH = 6;

/** A value that a schema describes, as far as one can tell without a validator; deterministic. */
export const makeValue = (given: Json, making: Making): Json => {
  const schema = isObject(given) ? flattened(given, making) : {};
  if (schema['const'] !== undefined) return schema['const'];
  const options = schema['enum'];
  if (Array.isArray(options)) return pick(options, making) ?? null;
  const inner = { ...making, depth: making.depth + 1 };
  switch (String(typeOf(schema, making))) {
    case 'object':
      return makeObject(schema, inner);
    case 'array':
      return makeArray(schema, inner);
    case 'string':
      return makeString(schema, making.variant);
    case 'integer':
      return makeNumber(schema, making.variant, 1);
    case 'number':
      return makeNumber(schema, making.variant, 0.5);
    case 'boolean':
      return making.variant % 2 === 0;
    default:
      return null;
  }
};

// One object of keywords: the reference followed, all of allOf and one branch of anyOf or oneOf merged in.
const flattened = (schema: JsonObject, making: Making): JsonObject => {
  let merged = schema;
  if (typeof schema['$ref'] === 'string') {
    const target = resolve(making.root, schema['$ref']);
    merged = isObject(target) ? merge(omit(schema, '$ref'), flattened(target, making)) : {};
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const list = merged[keyword];
    if (!Array.isArray(list)) continue;
    const taken = keyword === 'allOf' ? list : [pick(list, making) ?? {}];
    merged = taken
      .filter((one) => isObject(one))
      .reduce<JsonObject>((all, one) => merge(all, flattened(one, making)), omit(merged, keyword));
  }
  return merged;
};

const merge = (a: JsonObject, b: JsonObject): JsonObject => ({
  ...a,
  ...b,
  ...both(a, b, 'properties', (x, y) => (isObject(x) && isObject(y) ? { ...x, ...y } : y)),
  ...both(a, b, 'required', (x, y) => (Array.isArray(x) && Array.isArray(y) ? [...x, ...y] : y)),
});

const both = (a: JsonObject, b: JsonObject, key: string, join: (x: Json, y: Json) => Json) =>
  a[key] !== undefined && b[key] !== undefined ? { [key]: join(a[key], b[key]) } : {};

const omit = (schema: JsonObject, keyword: string): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== keyword));

const resolve = (root: JsonObject, reference: string): Json | undefined =>
  reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((at, part) => (at as JsonObject | undefined)?.[part], root);

const typeOf = (schema: JsonObject, making: Making): Json | undefined => {
  const type = schema['type'];
  if (Array.isArray(type)) return pick(type, making);
  if (type !== undefined) return type;
  if (schema['properties'] !== undefined || schema['required'] !== undefined) return 'object';
  if (schema['items'] !== undefined) return 'array';
  return 'string';
};

const makeObject = (schema: JsonObject, making: Making): JsonObject => {
  const { properties, required, additionalProperties: rest, minProperties } = schema;
  const declared = isObject(properties) ? properties : {};
  const needed = Array.isArray(required) ? required.map(String) : [];
  const isWanted = (name: string, index: number): boolean =>
    needed.includes(name) || (making.depth < MAX_DEPTH && isTaken(index, making.variant));
  const names = Object.keys(declared).filter(isWanted);
  const all = [...names, ...needed.filter((name) => !(name in declared))];
  const value = Object.fromEntries(
    all.map((name) => [name, makeValue(declared[name] ?? {}, making)]),
  );
  const isOpen = making.open === true && rest !== undefined && making.depth < MAX_DEPTH;
  if (rest !== false && (isOpen || all.length < Number(minProperties ?? 0)))
    value['undeclared_key'] = makeValue(rest ?? true, making);
  return value;
};

// The first variant has what is required, the second everything, the others a part.
const isTaken = (index: number, variant: number): boolean =>
  variant === 1 || (variant > 1 && (index + variant) % 3 === 0);

const makeArray = (schema: JsonObject, making: Making): Json[] => {
  const { items, prefixItems, minItems, maxItems } = schema;
  const tuple = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
  const wanted = Math.max(Number(minItems ?? 0), tuple.length, making.variant === 0 ? 0 : 1);
  const length = Math.min(wanted, Number(maxItems ?? Infinity));
  const rest = Array.isArray(items) ? {} : (items ?? {});
  return Array.from({ length }, (_, index) =>
    makeValue(tuple[index] ?? rest, { ...making, variant: making.variant + index }),
  );
};

const makeNumber = (schema: JsonObject, variant: number, step: number): number => {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = schema;
  const by = typeof multipleOf === 'number' ? multipleOf : step;
  const above = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + by : -Infinity;
  const low = Math.max(typeof minimum === 'number' ? minimum : -Infinity, above);
  const below = typeof exclusiveMaximum === 'number' ? exclusiveMaximum - by : Infinity;
  const high = Math.min(typeof maximum === 'number' ? maximum : Infinity, below);
  const start = Number.isFinite(low) ? low : Math.min(0, high);
  return Math.min(Math.ceil(start / by) * by + (variant % 7) * by, high);
};

const pick = (list: readonly Json[], { variant }: Making): Json | undefined =>
  list[variant % Math.max(1, list.length)];
