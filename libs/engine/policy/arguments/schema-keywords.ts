import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

// Which keywords of JSON Schema (2020-12 and draft-07) we hold arguments to, by what their value is.
// Everything else is an annotation at best: it is dropped before Ajv sees the schema, and said so.

/** Evaluate a value by themselves. */
export const PLAIN = new Set([
  'type', 'enum', 'const', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum',
  'exclusiveMinimum', 'maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems',
  'maxContains', 'minContains', 'maxProperties', 'minProperties', 'required', 'dependentRequired',
  'default',
]); // prettier-ignore

/** Name a schema for something inside the value: a place of its own, closed by itself. */
export const INNER = new Set([
  'items',
  'unevaluatedItems',
  'additionalProperties',
  'unevaluatedProperties',
]);
export const INNER_MAPS = new Set(['properties', 'patternProperties']);
export const INNER_LISTS = new Set(['prefixItems']);

/** Evaluate the same value again: one place together with their parent. */
export const IN_PLACE = new Set(['then', 'else']);
export const IN_PLACE_MAPS = new Set(['dependentSchemas']);
export const IN_PLACE_LISTS = new Set(['allOf', 'anyOf', 'oneOf']);

/**
 * Ask whether a value is of some kind. To reject undeclared properties inside them would turn the
 * answer round ("not" would accept more), so they are taken as they are.
 */
export const QUESTIONS = new Set(['not', 'if', 'contains', 'propertyNames']);

/** Hold schemas that may turn out not to apply: nothing is filled in by one that does not. */
export const CHOICES: ReadonlySet<string> = new Set(['anyOf', 'oneOf', ...QUESTIONS]);

/** Say nothing about which values are valid; dropped in silence. */
export const ANNOTATIONS = new Set([
  '$schema', '$anchor', '$comment', 'title', 'description', 'examples',
  'deprecated', 'readOnly', 'writeOnly', 'contentEncoding', 'contentMediaType', 'contentSchema',
]); // prettier-ignore

/** Say where a schema is and how it is to be read: resolved before, and meaningless in the closed copy. */
export const PLACES = new Set([
  '$schema', '$id', '$anchor', '$dynamicAnchor', '$recursiveAnchor', '$vocabulary', '$defs', 'definitions',
]); // prettier-ignore

/** Hold values, in which nothing is a keyword. */
const DATA = new Set(['default', 'examples', 'const', 'enum']);

const NAMES_TO_SCHEMAS: ReadonlySet<string> = new Set([
  ...INNER_MAPS,
  ...IN_PLACE_MAPS,
  'dependencies',
  '$defs',
  'definitions',
]);

/** Everything inside a schema that is one itself, or may be referred to as one. */
export function schemasInside(schema: Json): JsonObject[] {
  if (Array.isArray(schema))
    return schema.flatMap((one) => (isObject(one) ? [one] : schemasInside(one)));
  if (!isObject(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (DATA.has(keyword)) return [];
    if (NAMES_TO_SCHEMAS.has(keyword) && isObject(value))
      // Among names a keyword is only a name.
      return Object.values(value).flatMap((one) => (isObject(one) ? [one] : schemasInside(one)));
    return isObject(value) ? [value] : schemasInside(value);
  });
}
