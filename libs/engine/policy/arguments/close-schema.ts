import type { Json, JsonObject } from '#libs/platform/kernel';
import {
  ANNOTATIONS,
  IN_PLACE,
  IN_PLACE_LISTS,
  IN_PLACE_MAPS,
  INNER,
  INNER_LISTS,
  INNER_MAPS,
  PLAIN,
  QUESTIONS,
  REJECTED,
} from './schema-keywords.js';
import { checkedValue, IMPOSSIBLE, UNCHECKED } from './marked-keywords.js';
import { declaresProperties } from './declares-properties.js';
import { resolvePointer } from './schema-pointer.js';
import { STEPS_KEYWORD, stepsOf } from './steps-keyword.js';
import { UnsupportedSchemaError } from '../errors.js';

// A definition is copied for each way in which it is referred to; a hostile schema must not multiply.
const MAX_SUBSCHEMAS = 5_000;
// Ajv writes a level of code for each, and the stack ends before the schema does.
const MAX_BREADTH = 500;

const CHOICES: ReadonlySet<string> = new Set(['anyOf', 'oneOf']);

/** A place is where a value is; a part evaluates it together with others; a question only asks. */
type Role = 'place' | 'part' | 'question';

/**
 * Rewrites an upstream's schema into one that we are willing to run: known keywords only, local
 * references only, and undeclared properties rejected at every place that declares any (and at the
 * root), unless a person allowed them. Where several schemas evaluate one place (`allOf`, `$ref`, …)
 * the place is closed as a whole by `unevaluatedProperties`, or each part would reject the others'.
 */
export class SchemaCloser {
  readonly notes = new Set<string>();
  readonly #definitions: Record<string, Json> = {};
  readonly #nameOf = new Map<string, string>();
  #subschemas = 0;
  /** How many schemas around this one may turn out not to apply; nothing is filled in by one that does not. */
  #choices = 0;

  readonly #document: JsonObject;
  readonly #allowUndeclared: boolean;

  constructor(document: JsonObject, allowUndeclared: boolean) {
    this.#document = document;
    this.#allowUndeclared = allowUndeclared;
  }

  close(): JsonObject {
    const root = this.#object(this.#document, 'place');
    if (!this.#allowUndeclared && !isClosed(root)) root['additionalProperties'] = false;
    return { ...root, $defs: this.#definitions };
  }

  #schema(schema: Json | undefined, role: Role): Json {
    if (typeof schema === 'boolean') return schema;
    return this.#object(asObject(schema, 'A schema'), role);
  }

  #object(source: JsonObject, role: Role): JsonObject {
    this.#subschemas += 1;
    if (this.#subschemas > MAX_SUBSCHEMAS) {
      throw new UnsupportedSchemaError(
        `It has more than ${MAX_SUBSCHEMAS} subschemas, references followed.`,
      );
    }
    const target: Record<string, Json> = {};
    for (const [keyword, value] of Object.entries(withoutOldTuples(source))) {
      const checked = PLAIN.has(keyword) ? this.#checked(keyword, value) : value;
      if (checked === IMPOSSIBLE) return { not: {} };
      if (checked !== UNCHECKED) this.#keyword(target, keyword, checked, role);
    }
    if (!this.#allowUndeclared) this.#rejectUndeclared(target, source, role);
    const steps = stepsOf(target);
    if (steps > 0) target[STEPS_KEYWORD] = steps;
    return target;
  }

  #checked(keyword: string, value: Json): Json | typeof IMPOSSIBLE | typeof UNCHECKED {
    if (keyword === 'default' && this.#choices > 0) return UNCHECKED;
    const checked = checkedValue(keyword, value);
    if (checked === UNCHECKED)
      this.notes.add(
        `The keyword \`${keyword}\` has a number that is not kept; it is not checked.`,
      );
    return checked;
  }

  #keyword(target: Record<string, Json>, keyword: string, value: Json, role: Role): void {
    const isChoice = QUESTIONS.has(keyword) || CHOICES.has(keyword);
    if (isChoice) this.#choices += 1;
    this.#copy(target, keyword, value, role);
    if (isChoice) this.#choices -= 1;
  }

  #copy(target: Record<string, Json>, keyword: string, value: Json, role: Role): void {
    const inner = role === 'question' ? 'question' : 'place';
    const inPlace = role === 'question' ? 'question' : 'part';
    if (PLAIN.has(keyword)) target[keyword] = value;
    else if (keyword === '$ref') target['$ref'] = this.#reference(value, role);
    else if (INNER.has(keyword)) target[keyword] = this.#schema(value, inner);
    else if (INNER_MAPS.has(keyword)) target[keyword] = this.#map(value, keyword, inner);
    else if (INNER_LISTS.has(keyword)) target[keyword] = this.#list(value, inner);
    else if (IN_PLACE.has(keyword)) target[keyword] = this.#schema(value, inPlace);
    else if (IN_PLACE_MAPS.has(keyword)) target[keyword] = this.#map(value, keyword, inPlace);
    else if (IN_PLACE_LISTS.has(keyword)) target[keyword] = this.#list(value, inPlace);
    else if (keyword === 'dependencies') target[keyword] = this.#dependencies(value, inPlace);
    else if (QUESTIONS.has(keyword)) target[keyword] = this.#schema(value, 'question');
    else if (REJECTED.has(keyword))
      throw new UnsupportedSchemaError(`It uses \`${keyword}\`, which is not supported.`);
    else if (!ANNOTATIONS.has(keyword)) this.#note(keyword);
  }

  #note(keyword: string): void {
    this.notes.add(
      keyword === 'format'
        ? 'The keyword `format` is not checked.'
        : `The keyword \`${keyword.slice(0, 40).replace(/[^\x20-\x7e]/g, '?')}\` is not known and not checked.`,
    );
  }

  #list(value: Json, role: Role): Json[] {
    if (!Array.isArray(value))
      throw new UnsupportedSchemaError('A keyword that takes a list of schemas has none.');
    if (value.length > MAX_BREADTH) {
      throw new UnsupportedSchemaError(`A list in it has more than ${MAX_BREADTH} schemas.`);
    }
    return value.map((schema) => this.#schema(schema, role));
  }

  #map(value: Json, keyword: string, role: Role): JsonObject {
    const entries = Object.entries(asObject(value, `\`${keyword}\``));
    if (entries.length > MAX_BREADTH) {
      throw new UnsupportedSchemaError(`\`${keyword}\` lists more than ${MAX_BREADTH}.`);
    }
    return Object.fromEntries(entries.map(([name, schema]) => [name, this.#schema(schema, role)]));
  }

  #dependencies(value: Json, role: Role): JsonObject {
    const entries = Object.entries(asObject(value, '`dependencies`'));
    return Object.fromEntries(
      entries.map(([name, one]) => [name, Array.isArray(one) ? one : this.#schema(one, role)]),
    );
  }

  // What is referred to is copied into our own $defs as a part: the place that refers to it is closed.
  #reference(reference: Json, role: Role): string {
    if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference)) {
      throw new UnsupportedSchemaError('It has a `$ref` that is not local (`#/…`).');
    }
    const use = role === 'question' ? 'question' : 'part';
    const key = `${use}${this.#choices > 0 ? ' of a choice' : ''} ${reference}`;
    const known = this.#nameOf.get(key);
    if (known !== undefined) return `#/$defs/${known}`;
    const found = resolvePointer(this.#document, reference);
    if (found === undefined)
      throw new UnsupportedSchemaError('It has a `$ref` to something that is not there.');
    const name = `d${this.#nameOf.size}`;
    this.#nameOf.set(key, name);
    this.#definitions[name] = this.#schema(found, use);
    return `#/$defs/${name}`;
  }

  #rejectUndeclared(target: Record<string, Json>, source: JsonObject, role: Role): void {
    // In an "if", too: what it lets pass would count as declared for the whole place.
    if (takesAnything(target['additionalProperties'])) delete target['additionalProperties'];
    if (takesAnything(target['unevaluatedProperties'])) delete target['unevaluatedProperties'];
    if (role !== 'place' || isClosed(target)) return;
    // Where nothing is declared the tool takes any object as that argument; the root is seen to apart.
    if (!declaresProperties(this.#document, source)) return;
    target[isEvaluatedByParts(target) ? 'unevaluatedProperties' : 'additionalProperties'] = false;
  }
}

const isClosed = (schema: JsonObject): boolean =>
  schema['additionalProperties'] !== undefined || schema['unevaluatedProperties'] !== undefined;

/** `true`, `{}`, or a schema that only describes. */
const takesAnything = (schema: Json | undefined): boolean =>
  schema === true ||
  (typeof schema === 'object' &&
    schema !== null &&
    Object.keys(schema).every((key) => key === STEPS_KEYWORD));

const isEvaluatedByParts = (schema: JsonObject): boolean =>
  [
    '$ref',
    'allOf',
    'anyOf',
    'oneOf',
    'if',
    'then',
    'else',
    'dependentSchemas',
    'dependencies',
  ].some((keyword) => schema[keyword] !== undefined);

/** Draft-07 wrote a tuple as a list under `items`; the words of 2020-12 mean the same. */
function withoutOldTuples({ items, additionalItems, ...rest }: JsonObject): JsonObject {
  if (!Array.isArray(items)) return items === undefined ? rest : { ...rest, items };
  return {
    ...rest,
    prefixItems: items,
    ...(additionalItems === undefined ? {} : { items: additionalItems }),
  };
}

function asObject(value: Json | undefined, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnsupportedSchemaError(`${what} must be an object.`);
  }
  return value;
}
