import { badRequest, type ScimType } from '../errors.js';
import {
  COMPARISONS,
  type AttributePath,
  type Comparison,
  type Filter,
  type Literal,
  type PatchPath,
} from './filter.js';
import { tokensOf, type Token } from './tokens.js';

const MAX_DEPTH = 32;
const NAME = /^\$?[A-Za-z][A-Za-z0-9_-]*$/;
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/** Parses a filter (RFC 7644 §3.4.2.2). @throws ScimError `invalidFilter` */
export const parseFilter = (text: string): Filter => {
  const parser = new Parser(text, 'invalidFilter');
  const filter = parser.or();
  parser.end();
  return filter;
};

/** Parses the path of a PATCH operation (RFC 7644 §3.5.2). @throws ScimError `invalidPath` */
export const parsePatchPath = (text: string): PatchPath => {
  const parser = new Parser(text, 'invalidPath');
  const path = parser.patchPath();
  parser.end();
  return path;
};

/** Parses an attribute's name, with or without URN and part. */
export const parseAttributePath = (text: string, scimType: ScimType): AttributePath => {
  // A version such as 2.0 has a dot too: the name begins after the last colon.
  const colon = text.lastIndexOf(':');
  const urn = colon < 0 ? null : text.slice(0, colon);
  const [name = '', sub = null, ...more] = text.slice(colon + 1).split('.');
  const isUrn = urn === null || /^urn:/i.test(urn);
  if (!isUrn || more.length > 0 || !NAME.test(name) || (sub !== null && !NAME.test(sub))) {
    throw badRequest(scimType, `There can be no attribute named ${text.slice(0, 200)}.`);
  }
  return { urn, name, sub };
};

type Question = Extract<Filter, { kind: 'present' | 'compare' }>;

// Entra asks `emails[type eq "work"].value eq "x"`: one value is of this kind and answers the question. As of
// every list, without a value none is equal.
const ofPicked = (path: AttributePath, picked: Filter, question: Question): Filter => {
  const some: Filter = {
    kind: 'within',
    path,
    filter: { kind: 'and', left: picked, right: question },
  };
  if (question.kind === 'present' || question.operator !== 'ne') return some;
  const none: Filter = { kind: 'not', filter: { kind: 'within', path, filter: picked } };
  return { kind: 'or', left: some, right: none };
};

/** Reads tokens from left to right; `not` binds tightest, then `and`, then `or`. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(
    text: string,
    private readonly scimType: ScimType,
  ) {
    this.#tokens = tokensOf(text, scimType);
  }

  or(): Filter {
    let left = this.#and();
    while (this.#takeWord('or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  patchPath(): PatchPath {
    const attribute = this.#attribute();
    if (this.#peek().kind !== '[') return { attribute, filter: null, sub: null };
    if (attribute.sub !== null) throw this.#unexpected();
    const filter = this.#within();
    return { attribute, filter, sub: this.#takePart() };
  }

  end(): void {
    if (this.#peek().kind !== 'end') throw this.#unexpected();
  }

  #and(): Filter {
    let left = this.#term();
    while (this.#takeWord('and')) left = { kind: 'and', left, right: this.#term() };
    return left;
  }

  #term(): Filter {
    if (this.#peek().kind === '(') return this.#nested('(', ')');
    // An attribute may be called `not`: only a parenthesis makes it the operator.
    if (this.#isWord('not') && this.#tokens[this.#at + 1]?.kind === '(') {
      this.#at += 1;
      return { kind: 'not', filter: this.#nested('(', ')') };
    }
    const path = this.#attribute();
    if (this.#peek().kind !== '[') return this.#question(path);
    const filter = this.#within();
    const sub = this.#takePart();
    if (sub === null) return { kind: 'within', path, filter };
    return ofPicked(path, filter, this.#question({ urn: null, name: sub, sub: null }));
  }

  #question(path: AttributePath): Question {
    if (this.#takeWord('pr')) return { kind: 'present', path };
    return { kind: 'compare', path, operator: this.#comparison(), value: this.#literal() };
  }

  /** The part that is named behind a value path, as in `emails[type eq "work"].value`. */
  #takePart(): string | null {
    const token = this.#peek();
    if (token.kind !== 'word' || !token.text.startsWith('.')) return null;
    const name = token.text.slice(1);
    if (!NAME.test(name)) throw this.#unexpected();
    this.#at += 1;
    return name;
  }

  #within(): Filter {
    return this.#nested('[', ']');
  }

  #nested(open: '(' | '[', close: ')' | ']'): Filter {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw badRequest(this.scimType, 'It is nested too deeply.');
    this.#take(open);
    const filter = this.or();
    this.#take(close);
    this.#depth -= 1;
    return filter;
  }

  #attribute(): AttributePath {
    const token = this.#peek();
    if (token.kind !== 'word') throw this.#unexpected();
    this.#at += 1;
    return parseAttributePath(token.text, this.scimType);
  }

  #comparison(): Comparison {
    const token = this.#peek();
    const operator =
      token.kind === 'word'
        ? COMPARISONS.find((known) => known === token.text.toLowerCase())
        : undefined;
    if (operator === undefined) throw this.#unexpected();
    this.#at += 1;
    return operator;
  }

  #literal(): Literal {
    const token = this.#peek();
    if (token.kind !== 'string' && token.kind !== 'word') throw this.#unexpected();
    this.#at += 1;
    if (token.kind === 'string') return token.text;
    const word = token.text.toLowerCase();
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    const number = NUMBER.test(token.text) ? Number(token.text) : Number.NaN;
    if (!Number.isFinite(number)) throw this.#unexpected();
    return number;
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === 'word' && token.text.toLowerCase() === word;
  }

  #takeWord(word: string): boolean {
    const isThere = this.#isWord(word);
    if (isThere) this.#at += 1;
    return isThere;
  }

  #take(kind: Token['kind']): void {
    if (this.#peek().kind !== kind) throw this.#unexpected();
    this.#at += 1;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end' };
  }

  #unexpected(): Error {
    const token = this.#peek();
    const what = token.kind === 'word' || token.kind === 'string' ? token.text : token.kind;
    return badRequest(this.scimType, `It cannot be read at "${what.slice(0, 100)}". Correct it.`);
  }
}
