import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { compileLinearRegex } from '../conditions/linear-regex.js';
import { sizeOfPattern } from '../conditions/pattern-size.js';
import { UnsupportedPatternError } from '../errors.js';
import { checkedValue, UNCHECKED } from './marked-keywords.js';
import {
  isReference,
  type LocalReferences,
  type ReferenceKeyword,
  referencesOf,
} from './local-references.js';
import { PLAIN, schemasInside } from './schema-keywords.js';

// Each pattern is bounded by itself; hundreds of the largest would still compile for seconds.
const MAX_PATTERNS_SIZE = 20_000;
// What a question that may be answered wrongly decides together.
const ASKED_TOGETHER: ReadonlySet<string> = new Set([
  'not', 'if', 'then', 'else', 'contains', 'minContains', 'maxContains',
]); // prettier-ignore

/**
 * What of a schema we cannot check safely and leave to the tool server: patterns that are not linear-time,
 * references to what is not in the document, numbers that no double keeps. Where there is any, a question
 * about a value (`not`, `if`, `contains`) could be answered wrongly, so those are left to the server, too:
 * a schema is then held to less than it says, never to more.
 */
export class UncheckedParts {
  #patternsSize = 0;
  #any = false;
  /** Whether each pattern is checked. */
  readonly #patterns = new Map<string, boolean>();
  readonly #references: LocalReferences;

  constructor(document: JsonObject, references: LocalReferences) {
    this.#references = references;
    this.#visit(document);
  }

  get any(): boolean {
    return this.#any;
  }

  /** Whether a keyword of `source` is left to the tool server, by itself or because of something else that is. */
  has(keyword: string, value: Json, source: JsonObject): boolean {
    if (isReference(keyword)) return this.#isElsewhere(source, keyword);
    if (keyword === 'pattern') return typeof value === 'string' && this.#hasPattern(value);
    if (isUncheckedValue(keyword, value)) return true;
    if (!this.#any) return false;
    if (keyword === 'patternProperties' || keyword === 'additionalProperties')
      return this.#hasNames(source);
    return ASKED_TOGETHER.has(keyword) || keyword.startsWith('unevaluated');
  }

  /** Whether what is left to the tool server may declare properties that we do not see. */
  mayDeclare(schema: JsonObject): boolean {
    return (
      this.#any &&
      (schema['if'] !== undefined ||
        schema['unevaluatedProperties'] !== undefined ||
        this.#hasNames(schema) ||
        this.#refersElsewhere(schema))
    );
  }

  #hasPattern(pattern: string): boolean {
    return this.#patterns.get(pattern) === false;
  }

  #hasNames({ patternProperties }: JsonObject): boolean {
    const names = isObject(patternProperties) ? Object.keys(patternProperties) : [];
    return names.some((name) => this.#hasPattern(name));
  }

  #isElsewhere(schema: JsonObject, keyword: ReferenceKeyword): boolean {
    return !isObject(this.#references.target(schema, keyword));
  }

  #refersElsewhere(schema: JsonObject): boolean {
    return referencesOf(schema).some((keyword) => this.#isElsewhere(schema, keyword));
  }

  #visit(schema: JsonObject): void {
    const { pattern, patternProperties } = schema;
    if (typeof pattern === 'string') this.#notePattern(pattern);
    if (isObject(patternProperties))
      for (const name of Object.keys(patternProperties)) this.#notePattern(name);
    if (
      this.#refersElsewhere(schema) ||
      Object.entries(schema).some(([keyword, value]) => isUncheckedValue(keyword, value))
    )
      this.#any = true;
    for (const inner of schemasInside(schema)) this.#visit(inner);
  }

  #notePattern(pattern: string): void {
    if (!this.#patterns.has(pattern)) this.#patterns.set(pattern, this.#compiles(pattern));
    if (this.#hasPattern(pattern)) this.#any = true;
  }

  #compiles(pattern: string): boolean {
    try {
      const size = sizeOfPattern(pattern);
      if (this.#patternsSize + size > MAX_PATTERNS_SIZE) return false;
      this.#patternsSize += size;
      compileLinearRegex(pattern, 'ecma');
      return true;
    } catch (error) {
      if (error instanceof UnsupportedPatternError) return false;
      throw error;
    }
  }
}

/** A number in it is not kept, so we cannot tell. What is filled in is another matter. */
const isUncheckedValue = (keyword: string, value: Json): boolean =>
  PLAIN.has(keyword) && keyword !== 'default' && checkedValue(keyword, value) === UNCHECKED;
