import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);

/**
 * One level of a schema in the words of JSON Schema 2020-12. OpenAPI 3.0 and 2.0 say `nullable: true`,
 * boolean `exclusiveMinimum` and `type: file`; documents of every version say `required: true` of one
 * property, or types that no dialect has, and mean nothing that could be checked.
 */
export const translateSchema = (node: JsonObject, isVersion30: boolean): JsonObject => {
  const schema = withKnownTypes(withoutOddities(node));
  if (!isVersion30) return schema;
  const bounded = withExclusiveBounds(schema);
  return node['nullable'] === true ? nullable(bounded) : bounded;
};

const withoutOddities = (node: JsonObject): JsonObject => {
  const { required, ...rest } = node;
  if (required === undefined) return rest;
  return Array.isArray(required) && required.length > 0
    ? { ...rest, required: [...new Set(required)] }
    : rest;
};

const withKnownTypes = (node: JsonObject): JsonObject => {
  const { type, ...rest } = node;
  if (type === undefined) return rest;
  if (type === 'file') return { ...rest, type: 'string', format: 'binary' };
  const types = (Array.isArray(type) ? type : [type]).filter(isType);
  if (types.length === 0) return rest;
  return { ...rest, type: Array.isArray(type) ? types : (types[0] ?? 'string') };
};

const isType = (type: Json): type is string => typeof type === 'string' && TYPES.has(type);

const nullable = (schema: JsonObject): JsonObject => {
  const { type, nullable: _, ...rest } = schema;
  const values = rest['enum'];
  const withNull =
    Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  if (typeof type === 'string') return { ...rest, ...withNull, type: [type, 'null'] };
  const { description, title, ...asked } = rest;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    anyOf: [asked, { type: 'null' }],
  };
};

const withExclusiveBounds = (schema: JsonObject): JsonObject => {
  const result = { ...schema };
  for (const [exclusive, inclusive] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof result[exclusive] !== 'boolean') continue;
    const bound = result[inclusive];
    if (result[exclusive] && bound !== undefined) {
      result[exclusive] = bound;
      delete result[inclusive];
    } else delete result[exclusive];
  }
  return result;
};

/** The types that a schema says, if it says any. */
export const typesOf = (schema: Json | undefined): readonly Json[] => {
  const type = isObject(schema) ? schema['type'] : undefined;
  return Array.isArray(type) ? type : type === undefined ? [] : [type];
};
