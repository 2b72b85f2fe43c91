import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { WorkBudget } from '../conditions/work-budget.js';
import { WorkExhaustedError } from '../errors.js';
import { createArgumentAjv, type Meter } from './argument-ajv.js';
import { IN_PLACE_MAPS, INNER_MAPS, PLAIN } from './schema-keywords.js';

const MAX_ROUNDS = 2;
// Each is compiled once more; with more of them none is filled in where one does not fit.
const MAX_DEFAULTS = 100;

/** Whether anything may be filled in. */
export const hasDefaults = (closed: JsonObject): boolean => defaultsIn(closed).length > 0;

/**
 * A copy of a closed schema without the defaults that are not valid where they would be filled in: a tool
 * server may write `{ "type": "string", "default": null }`, and its tool can be called all the same.
 */
export function withFittingDefaults(closed: JsonObject, meter: Meter): JsonObject {
  const copy = structuredClone(closed);
  for (let round = 1; ; round += 1) {
    const unfit = unfitIn(copy, meter);
    if (unfit.length === 0) return copy;
    // A default may be wrong only by what is filled in inside it, so the innermost ones go first.
    const inner =
      round > MAX_ROUNDS || unfit.length > MAX_DEFAULTS
        ? []
        : unfit.filter((one) => !unfit.some(isInside(one)));
    for (const schema of inner.length > 0 ? inner : unfit) delete schema['default'];
  }
}

const isInside = (outer: JsonObject) => (other: JsonObject) =>
  other !== outer && defaultsIn(outer).includes(other);

// All of them in one validation: each is an argument of a schema that is made for this.
function unfitIn(closed: JsonObject, meter: Meter): JsonObject[] {
  const schemas = defaultsIn(closed);
  if (schemas.length > MAX_DEFAULTS) return schemas;
  const names = schemas.map((_, index) => `d${index}`);
  const properties = Object.fromEntries(names.map((name, index) => [name, schemas[index] as Json]));
  const values = names.map((name, index) => [name, schemas[index]?.['default'] as Json]);
  const validate = createArgumentAjv(meter, { allErrors: true }).compile({
    properties,
    $defs: closed['$defs'],
  });
  try {
    meter.work = new WorkBudget();
    validate(structuredClone(Object.fromEntries(values)));
  } catch (error) {
    if (error instanceof WorkExhaustedError || error instanceof RangeError) return schemas;
    throw error;
  }
  const wrong = new Set(
    (validate.errors ?? []).map(({ instancePath }) => instancePath.split('/')[1]),
  );
  return schemas.filter((_, index) => wrong.has(`d${index}`));
}

const NAMES_TO_SCHEMAS: ReadonlySet<string> = new Set([
  ...INNER_MAPS,
  ...IN_PLACE_MAPS,
  'dependencies',
  '$defs',
]);

/** The subschemas that have a default. */
function defaultsIn(schema: Json): JsonObject[] {
  if (Array.isArray(schema)) return schema.flatMap(defaultsIn);
  if (!isObject(schema)) return [];
  const inner = Object.entries(schema).flatMap(([keyword, value]) => {
    if (PLAIN.has(keyword)) return [];
    // Among names a "default" is only a name.
    return defaultsIn(NAMES_TO_SCHEMAS.has(keyword) ? Object.values(value as object) : value);
  });
  return Object.hasOwn(schema, 'default') ? [schema, ...inner] : inner;
}
