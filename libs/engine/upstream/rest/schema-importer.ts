import { isObject, MAX_JSON_DEPTH, type Json, type JsonObject } from '#libs/platform/kernel';

import { leaveOut } from './import-problem.js';
import { followRef } from './local-refs.js';

const MAX_NODES = 5000;

const ONE = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains'];
const ONE_MORE = ['propertyNames', 'unevaluatedItems', 'unevaluatedProperties'];
const IN_SCHEMA = new Set([...ONE, ...ONE_MORE]);
const IN_LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const IN_MAP = new Set(['properties', 'patternProperties', 'dependentSchemas']);
/** Words of OpenAPI or of schema identity that mean nothing once references are inlined. */
const DROPPED = new Set([
  '$id',
  '$schema',
  '$anchor',
  '$comment',
  '$defs',
  'definitions',
  'nullable',
  'discriminator',
  'xml',
  'externalDocs',
  'example',
  'deprecated',
  'readOnly',
  'writeOnly',
]);
const UNSUPPORTED = new Set(['$dynamicRef', '$dynamicAnchor', '$recursiveRef']);

/**
 * Copies schemas of one operation out of an OpenAPI document as plain JSON Schema: local references
 * inlined, the dialect of 3.0 translated; bounded in depth and size together.
 */
export class SchemaImporter {
  #nodes = 0;

  constructor(
    private readonly document: JsonObject,
    private readonly isVersion30: boolean,
  ) {}

  import(schema: Json | undefined, seen: readonly string[] = [], depth = 0): Json {
    this.#nodes += 1;
    if (depth > MAX_JSON_DEPTH || this.#nodes > MAX_NODES)
      return leaveOut(
        `its schema is deeper than ${String(MAX_JSON_DEPTH)} levels or larger than ${String(MAX_NODES)} parts`,
      );
    if (typeof schema === 'boolean') return schema;
    const { node, seen: open } = followRef(this.document, schema, seen);
    const copy = this.#translate(this.#copy(node, open, depth), node);
    const beside =
      isObject(schema) && node !== schema && !this.isVersion30 ? siblingsOf(schema) : {};
    if (Object.keys(beside).length === 0) return copy;
    return { allOf: [copy, this.#copy(beside, seen, depth)] };
  }

  #copy(node: JsonObject, seen: readonly string[], depth: number): JsonObject {
    const entries = Object.entries(node).filter(
      ([key]) => !DROPPED.has(key) && !key.startsWith('x-'),
    );
    return Object.fromEntries(
      entries.map(([key, value]) => [key, this.#keyword(key, value, seen, depth)]),
    );
  }

  #keyword(key: string, value: Json, seen: readonly string[], depth: number): Json {
    const inner = (schema: Json): Json => this.import(schema, seen, depth + 1);
    if (UNSUPPORTED.has(key)) return leaveOut(`its schema uses ${key}`);
    if (IN_SCHEMA.has(key) && !Array.isArray(value)) return inner(value);
    if (IN_LIST.has(key) && Array.isArray(value)) return value.map(inner);
    if (IN_MAP.has(key) && isObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, schema]) => [name, inner(schema)]),
      );
    return value;
  }

  /** 3.0 says `nullable: true` and boolean `exclusiveMinimum`; JSON Schema says both otherwise. */
  #translate(copy: JsonObject, node: JsonObject): JsonObject {
    if (!this.isVersion30) return copy;
    const schema = withExclusiveBounds(copy);
    if (node['nullable'] !== true) return schema;
    if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }] };
    const values = schema['enum'];
    return {
      ...schema,
      type: [schema['type'], 'null'],
      ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
    };
  }
}

const siblingsOf = ({ $ref: _ref, ...siblings }: JsonObject): JsonObject => siblings;

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
