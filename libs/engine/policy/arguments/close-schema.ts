import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { UnsupportedSchemaError } from '../errors.js';
import { declaresProperties, partsOf } from './declares-properties.js';
import { isReference, LocalReferences, type ReferenceKeyword } from './local-references.js';
import {
  CHOICES,
  IN_PLACE,
  IN_PLACE_LISTS,
  IN_PLACE_MAPS,
  INNER,
  INNER_LISTS,
  INNER_MAPS,
  PLACES,
  QUESTIONS,
} from './schema-keywords.js';
import { UncheckedParts } from './unchecked-parts.js';
import { inWordsOfToday } from './words-of-today.js';

// A definition is copied for each way in which it is referred to; a hostile schema must not multiply.
const MAX_SUBSCHEMAS = 5_000;
// Ajv writes a level of code for each, and the stack ends before the schema does.
const MAX_BREADTH = 500;
// Whatever it was written in.
const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const MAX_COMMENT_LENGTH = 300;

/** A place is where a value is; a part evaluates it together with others; a question only asks. */
type Role = 'place' | 'part' | 'question';

/** A tool's schema as it is enforced, in words that its caller can read. */
export interface ClosedSchema {
  /** In JSON Schema 2020-12: what the tool server wrote, and closed where that is silent. */
  readonly schema: JsonObject;
  /** The definitions in it that may turn out not to apply. */
  readonly ofChoices: ReadonlySet<string>;
  /** What is left to the tool server. */
  readonly notes: ReadonlySet<string>;
}

/**
 * Closes a schema where it is silent: what it declares open is open (`additionalProperties` or
 * `unevaluatedProperties` says so), elsewhere every place that declares properties, and the root, takes no
 * others, unless a person allowed them. Where several schemas evaluate one place (`allOf`, `$ref`, …) it is
 * closed as a whole by `unevaluatedProperties`, or each part would reject the others'. What cannot be
 * checked safely is taken out, said in a `$comment`, and left to the tool server.
 */
export const closeSchema = (document: JsonObject, allowUndeclared: boolean): ClosedSchema =>
  new SchemaCloser(document, allowUndeclared).close();

class SchemaCloser {
  readonly #notes = new Set<string>();
  readonly #ofChoices = new Set<string>();
  readonly #definitions: Record<string, Json> = {};
  readonly #anchors = new Set<string>();
  readonly #nameOf = new Map<Json, Map<string, string>>();
  readonly #references: LocalReferences;
  readonly #unchecked: UncheckedParts;
  #subschemas = 0;
  /** How many schemas around this one may turn out not to apply. */
  #choices = 0;

  readonly #document: JsonObject;
  readonly #allowUndeclared: boolean;

  constructor(document: JsonObject, allowUndeclared: boolean) {
    this.#document = document;
    this.#allowUndeclared = allowUndeclared;
    this.#references = new LocalReferences(document);
    this.#unchecked = new UncheckedParts(document, this.#references);
  }

  close(): ClosedSchema {
    const root: Record<string, Json> = { ...this.#object(this.#document, 'place'), type: 'object' };
    if (!isClosed(root) && this.#canClose(partsOf(this.#references, this.#document)))
      root['additionalProperties'] = false;
    const definitions =
      Object.keys(this.#definitions).length > 0 ? { $defs: this.#definitions } : {};
    const draft = this.#document['$schema'] === undefined ? {} : { $schema: DRAFT };
    return {
      schema: { ...draft, ...root, ...definitions },
      ofChoices: this.#ofChoices,
      notes: this.#notes,
    };
  }

  #schema(schema: Json | undefined, role: Role): Json {
    if (typeof schema === 'boolean') return schema;
    return this.#object(asObject(schema, 'A schema'), role);
  }

  #object(source: JsonObject, role: Role): Record<string, Json> {
    this.#subschemas += 1;
    if (this.#subschemas > MAX_SUBSCHEMAS)
      throw new UnsupportedSchemaError(
        `It has more than ${MAX_SUBSCHEMAS} subschemas, references followed.`,
      );
    const target: Record<string, Json> = {};
    const left: string[] = [];
    for (const [keyword, value] of Object.entries(inWordsOfToday(source))) {
      if (keyword === '$anchor') this.#label(target, value);
      if (isPlace(keyword, value) || isIdle(keyword, source)) continue;
      if (this.#unchecked.has(keyword, value, source)) left.push(this.#leave(keyword, value));
      else this.#keyword(target, { keyword, value, role, source });
    }
    if (left.length > 0) target['$comment'] = commentOf(left, target['$comment']);
    if (role === 'place' && !isClosed(target)) this.#closePlace(target, source);
    return target;
  }

  // Nothing of ours refers to it; a definition that is copied twice may have it once.
  #label(target: Record<string, Json>, name: Json): void {
    if (typeof name !== 'string' || !/^[A-Za-z_][\w.-]*$/.test(name) || this.#anchors.has(name))
      return;
    this.#anchors.add(name);
    target['$anchor'] = name;
  }

  #leave(keyword: string, value: Json): string {
    this.#notes.add(`The tool server checks \`${keyword}\`; we cannot, in the form that it has.`);
    return typeof value === 'string' ? `${keyword}: ${value}` : keyword;
  }

  #keyword(
    target: Record<string, Json>,
    {
      keyword,
      value,
      role,
      source,
    }: { keyword: string; value: Json; role: Role; source: JsonObject },
  ): void {
    const isChoice = CHOICES.has(keyword);
    if (isChoice) this.#choices += 1;
    if (isReference(keyword)) this.#refer(target, { keyword, source, role });
    else this.#copy(target, keyword, value, role);
    if (isChoice) this.#choices -= 1;
  }

  #copy(target: Record<string, Json>, keyword: string, value: Json, role: Role): void {
    const inner = role === 'question' ? 'question' : 'place';
    const inPlace = role === 'question' ? 'question' : 'part';
    if (INNER.has(keyword)) target[keyword] = this.#schema(value, inner);
    else if (INNER_MAPS.has(keyword)) target[keyword] = this.#map(value, keyword, inner);
    else if (INNER_LISTS.has(keyword)) target[keyword] = this.#list(value, inner);
    else if (IN_PLACE.has(keyword)) target[keyword] = this.#schema(value, inPlace);
    else if (IN_PLACE_MAPS.has(keyword)) target[keyword] = this.#map(value, keyword, inPlace);
    else if (IN_PLACE_LISTS.has(keyword))
      this.#alternatives(target, keyword, this.#list(value, inPlace));
    else if (QUESTIONS.has(keyword)) target[keyword] = this.#schema(value, 'question');
    else target[keyword] = value;
  }

  // One that we cannot check wholly may seem to match where it does not: then at least one must.
  #alternatives(target: Record<string, Json>, keyword: string, list: Json[]): void {
    if (keyword === 'allOf') addTo(target, list);
    else if (keyword === 'oneOf' && this.#unchecked.any) addTo(target, [{ anyOf: list }]);
    else target[keyword] = list;
  }

  #list(value: Json, role: Role): Json[] {
    if (!Array.isArray(value))
      throw new UnsupportedSchemaError('A keyword that takes a list of schemas has none.');
    if (value.length > MAX_BREADTH)
      throw new UnsupportedSchemaError(`A list in it has more than ${MAX_BREADTH} schemas.`);
    return value.map((schema) => this.#schema(schema, role));
  }

  #map(value: Json, keyword: string, role: Role): JsonObject {
    const entries = Object.entries(asObject(value, `\`${keyword}\``));
    if (entries.length > MAX_BREADTH)
      throw new UnsupportedSchemaError(`\`${keyword}\` lists more than ${MAX_BREADTH}.`);
    return Object.fromEntries(entries.map(([name, schema]) => [name, this.#schema(schema, role)]));
  }

  // What is referred to is copied into our own $defs as a part: the place that refers to it is closed.
  #refer(
    target: Record<string, Json>,
    { keyword, source, role }: { keyword: ReferenceKeyword; source: JsonObject; role: Role },
  ): void {
    const found = this.#references.target(source, keyword) as JsonObject;
    const use = `${role === 'question' ? 'question' : 'part'}${this.#choices > 0 ? ' of a choice' : ''}`;
    const name = this.#definitionOf(found, use, nameIn(source[keyword] as string));
    const $ref = `#/$defs/${name}`;
    if (target['$ref'] === undefined) target['$ref'] = $ref;
    else addTo(target, [{ $ref }]);
  }

  #definitionOf(found: JsonObject, use: string, wanted: string): string {
    const names = this.#nameOf.get(found) ?? new Map<string, string>();
    this.#nameOf.set(found, names);
    const known = names.get(use);
    if (known !== undefined) return known;
    const name = Object.hasOwn(this.#definitions, wanted)
      ? `${wanted}-${this.#nameOf.size}${names.size}`
      : wanted;
    names.set(use, name);
    // Its name is taken before what is inside it takes one.
    this.#definitions[name] = true;
    if (this.#choices > 0) this.#ofChoices.add(name);
    this.#definitions[name] = this.#object(found, use.startsWith('question') ? 'question' : 'part');
    return name;
  }

  #closePlace(target: Record<string, Json>, source: JsonObject): void {
    const parts = partsOf(this.#references, source);
    // Where nothing is declared the tool takes any object as that argument; the root is seen to apart.
    if (!this.#canClose(parts) || !declaresProperties(parts)) return;
    target[isEvaluatedByParts(target) ? 'unevaluatedProperties' : 'additionalProperties'] = false;
  }

  #canClose(parts: ReadonlySet<JsonObject>): boolean {
    return !this.#allowUndeclared && ![...parts].some((part) => this.#unchecked.mayDeclare(part));
  }
}

const addTo = (target: Record<string, Json>, parts: Json[]): void => {
  const { allOf } = target;
  target['allOf'] = [...(Array.isArray(allOf) ? allOf : []), ...parts];
};

/** What the tool server calls it, where that is a plain name. */
const nameIn = (reference: string): string =>
  /^#\/(?:\$defs|definitions)\/([A-Za-z][\w.-]{0,60})$/.exec(reference)?.[1] ?? 'd';

const isClosed = (schema: JsonObject): boolean =>
  schema['additionalProperties'] !== undefined || schema['unevaluatedProperties'] !== undefined;

const isEvaluatedByParts = (schema: JsonObject): boolean =>
  ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas'].some(
    (keyword) => schema[keyword] !== undefined,
  );

const isPlace = (keyword: string, value: Json): boolean =>
  PLACES.has(keyword) || (keyword === 'id' && typeof value === 'string');

/** Decides nothing, and not every validator agrees on what it declares. */
const isIdle = (keyword: string, source: JsonObject): boolean =>
  keyword === 'if' && source['then'] === undefined && source['else'] === undefined;

const commentOf = (left: readonly string[], own: Json | undefined): string =>
  [...(typeof own === 'string' ? [own] : []), `The tool server checks ${left.join('; ')}`]
    .join(' ')
    .slice(0, MAX_COMMENT_LENGTH)
    .toWellFormed();

function asObject(value: Json | undefined, what: string): JsonObject {
  if (!isObject(value)) throw new UnsupportedSchemaError(`${what} must be an object.`);
  return value;
}
