import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { compileLinearRegex, type LinearRegex } from '../conditions/linear-regex.js';
import { sizeOfPattern } from '../conditions/pattern-size.js';
import { UnsupportedPatternError } from '../errors.js';
import { checkedValue, UNCHECKED } from './marked-keywords.js';
import { type LocalReferences, referencesOf } from './local-references.js';
import { PLAIN, schemasInside } from './schema-keywords.js';

// Each pattern is bounded by itself; hundreds of the largest would still compile for seconds.
const MAX_PATTERNS_SIZE = 20_000;

/**
 * What of a schema we cannot check safely and leave to the tool server: patterns that are not linear-time,
 * references to what is not in the document, numbers that no double keeps. Where there is any, a question
 * about a value (`not`, `if`, `contains`) could be answered wrongly, so those are left to the server, too:
 * a schema is then held to less than it says, never to more.
 */
export class UncheckedParts {
  #patternsSize = 0;
  #any = false;
  readonly #patterns = new Map<string, LinearRegex | null>();

  readonly #references: LocalReferences;

  constructor(document: JsonObject, references: LocalReferences) {
    this.#references = references;
    this.#visit(document);
  }

  get any(): boolean {
    return this.#any;
  }

  hasPattern(pattern: string): boolean {
    return this.#patterns.get(pattern) === null;
  }

  #visit(schema: JsonObject): void {
    const { pattern, patternProperties } = schema;
    if (typeof pattern === 'string') this.#notePattern(pattern);
    if (isObject(patternProperties))
      for (const name of Object.keys(patternProperties)) this.#notePattern(name);
    if (
      referencesOf(schema).some((keyword) => !isObject(this.#references.target(schema, keyword))) ||
      Object.entries(schema).some(([keyword, value]) => isUncheckedValue(keyword, value))
    )
      this.#any = true;
    for (const inner of schemasInside(schema)) this.#visit(inner);
  }

  #notePattern(pattern: string): void {
    if (!this.#patterns.has(pattern)) this.#patterns.set(pattern, this.#compiled(pattern));
    if (this.#patterns.get(pattern) === null) this.#any = true;
  }

  #compiled(pattern: string): LinearRegex | null {
    try {
      const size = sizeOfPattern(pattern);
      if (this.#patternsSize + size > MAX_PATTERNS_SIZE) return null;
      this.#patternsSize += size;
      return compileLinearRegex(pattern, 'ecma');
    } catch (error) {
      if (error instanceof UnsupportedPatternError) return null;
      throw error;
    }
  }
}

/** A number in it is not kept, so we cannot tell. What is filled in is another matter. */
export const isUncheckedValue = (keyword: string, value: Json): boolean =>
  PLAIN.has(keyword) && keyword !== 'default' && checkedValue(keyword, value) === UNCHECKED;
