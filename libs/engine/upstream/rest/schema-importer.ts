import { isObject, MAX_JSON_DEPTH, type Json, type JsonObject } from '#libs/platform/kernel';

import { leaveOut } from './import-problem.js';
import { followRef, pointedAt } from './local-refs.js';
import { translateSchema } from './schema-dialect.js';
import { Definitions, Reference, type Draft } from './schema-definitions.js';

const MAX_NODES = 10_000;

const IN_SCHEMA = new Set([
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const IN_LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const IN_MAP = new Set(['properties', 'patternProperties', 'dependentSchemas']);
/** Words of OpenAPI or of schema identity that mean nothing in what is copied. */
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
/** Words that only describe: dropped where a tool's definition would be too large with them. */
const PROSE = new Set(['title', 'description', 'examples']);

/** What an import of schemas keeps to. */
export interface SchemaOptions {
  isVersion30: boolean;
  /** Without descriptions inside of schemas. */
  isBrief: boolean;
}

/**
 * Copies schemas of one operation's request out of an OpenAPI document as JSON Schema 2020-12: references
 * become `$defs`, or are inlined where that is shorter, the dialects of 3.0 and 2.0 are translated, and what
 * is only read is left out; bounded in depth and size together.
 */
export class SchemaImporter {
  readonly #document: JsonObject;
  readonly #options: SchemaOptions;
  readonly #definitions = new Definitions();
  #nodes = 0;

  constructor(document: JsonObject, options: SchemaOptions) {
    this.#document = document;
    this.#options = options;
  }

  /** One schema; it is finished by {@link finish}, with all others. */
  import(schema: Json | undefined, depth = 0): Draft {
    this.#nodes += 1;
    if (depth > MAX_JSON_DEPTH || this.#nodes > MAX_NODES)
      return leaveOut(
        `its schema is deeper than ${String(MAX_JSON_DEPTH)} levels or larger than ${String(MAX_NODES)} parts`,
      );
    if (typeof schema === 'boolean') return schema;
    if (!isObject(schema)) return leaveOut('a part of its schema is not an object');
    const { $ref, ...beside } = schema;
    if (typeof $ref !== 'string') return this.#copy(schema, depth);
    const siblings = this.#options.isVersion30 ? {} : this.#copy(beside, depth);
    return new Reference(this.#define($ref, depth), isObject(siblings) ? siblings : {});
  }

  /** The schemas as plain JSON, and what they refer to. */
  finish(schemas: readonly Draft[]): { schemas: Json[]; definitions: JsonObject } {
    return this.#definitions.finish(schemas);
  }

  /** Whether a member of an object is never sent. */
  isReadOnly(member: Json): boolean {
    return isObject(member) && followRef(this.#document, member)['readOnly'] === true;
  }

  #define(ref: string, depth: number): string {
    return this.#definitions.define(ref, () => {
      const target = pointedAt(this.#document, ref);
      return this.import(target, depth + 1);
    });
  }

  #copy(node: JsonObject, depth: number): Draft {
    const translated = translateSchema(node, this.#options.isVersion30);
    const draft: Record<string, Draft> = {};
    for (const [key, value] of Object.entries(translated)) {
      if (DROPPED.has(key) || key.startsWith('x-')) continue;
      if (this.#options.isBrief && PROSE.has(key)) continue;
      const copied = this.#keyword(key, value, depth);
      // Not by assignment: no name may change what the object inherits.
      Object.defineProperty(draft, key, { value: copied, enumerable: true, writable: true });
    }
    return this.#withoutReadOnly(draft, translated);
  }

  #keyword(key: string, value: Json, depth: number): Draft {
    const inner = (schema: Json): Draft => this.import(schema, depth + 1);
    if (UNSUPPORTED.has(key)) return leaveOut(`its schema uses ${key}`);
    if (IN_SCHEMA.has(key) && !Array.isArray(value)) return inner(value);
    if (IN_LIST.has(key) && Array.isArray(value)) return value.map(inner);
    if (IN_MAP.has(key) && isObject(value))
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, member]) => key !== 'properties' || !this.isReadOnly(member))
          .map(([name, schema]) => [name, inner(schema)]),
      );
    return value;
  }

  /** What is only read is not required of a request, whatever `required` says. */
  #withoutReadOnly(draft: Record<string, Draft>, node: JsonObject): Draft {
    const { properties, required } = node;
    if (!isObject(properties) || !Array.isArray(required)) return draft;
    const sent = required.filter((name) => {
      const member = typeof name === 'string' ? properties[name] : undefined;
      return member === undefined || !this.isReadOnly(member);
    });
    return sent.length === required.length ? draft : { ...draft, required: sent };
  }
}
