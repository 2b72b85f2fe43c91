import { keepsNumber, MAX_JSON_DEPTH, type Json, type JsonObject } from '#libs/platform/kernel';
import { MAX_BODY_BYTES } from '#libs/platform/listen';

const PROBLEMS = {
  too_large: `The body is larger than ${MAX_BODY_BYTES} bytes. Send less in one call.`,
  not_utf8: 'The body is not valid UTF-8.',
  syntax: 'The body is not valid JSON (RFC 8259)',
  too_deep: `The body nests more than ${MAX_JSON_DEPTH} levels deep`,
  duplicate_key: 'The body has an object with the same key twice',
  number_out_of_range:
    'The body has a number that cannot be kept exactly; send integers beyond 2^53 - 1, and more digits than a double has, as strings',
  lone_surrogate: 'The body has a string with half of a surrogate pair',
} as const;

/** Why a body was not read. */
export type StrictJsonReason = keyof typeof PROBLEMS;

/** The body cannot be read in exactly one way; says where, never what was there. */
export class StrictJsonError extends Error {
  override readonly name = 'StrictJsonError';

  constructor(
    readonly reason: StrictJsonReason,
    readonly position: number | null = null,
  ) {
    super(position === null ? PROBLEMS[reason] : `${PROBLEMS[reason]}, at character ${position}.`);
  }
}

/**
 * Reads JSON that every reader understands alike, so that what is evaluated is what is sent (invariant
 * G2). Like `JSON.parse`, but rejects duplicate keys, numbers that would change, lone surrogates, a byte
 * order mark and too much of anything. Keys such as `__proto__` become plain own properties.
 */
export const readStrictJson = (bytes: Uint8Array): Json => {
  if (bytes.byteLength > MAX_BODY_BYTES) throw new StrictJsonError('too_large');
  return new Scanner(decode(bytes)).read();
};

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new StrictJsonError('not_utf8');
  }
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WHITE_SPACE = /[ \t\n\r]*/y;

class Scanner {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  read(): Json {
    const value = this.#value();
    if (this.#next() !== '') this.#fail('syntax');
    return value;
  }

  #value(): Json {
    switch (this.#next()) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_JSON_DEPTH) this.#fail('too_deep');
    this.#at += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): JsonObject {
    const object: JsonObject = {};
    if (this.#skip('}')) return object;
    do {
      if (this.#next() !== '"') this.#fail('syntax');
      const at = this.#at;
      const key = this.#string();
      if (Object.hasOwn(object, key)) this.#fail('duplicate_key', at);
      this.#expect(':');
      // Defined, not assigned: an assignment to `__proto__` would change what the object inherits.
      const value = this.#value();
      if (key === '__proto__')
        Object.defineProperty(object, key, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      else object[key] = value;
    } while (this.#skip(','));
    this.#expect('}');
    return object;
  }

  #array(): Json[] {
    const array: Json[] = [];
    if (this.#skip(']')) return array;
    do array.push(this.#value());
    while (this.#skip(','));
    this.#expect(']');
    return array;
  }

  #string(): string {
    const start = this.#at;
    let end = start + 1;
    let escaped = false;
    for (let code = this.text.charCodeAt(end); code !== QUOTE; code = this.text.charCodeAt(end)) {
      // Also true for NaN, which is what is read past the end.
      if (!(code >= FIRST_PRINTABLE)) this.#fail('syntax', end);
      if (code === BACKSLASH) escaped = true;
      end += code === BACKSLASH ? 2 : 1;
    }
    this.#at = end + 1;
    const value = escaped ? this.#unescape(start, end + 1) : this.text.slice(start + 1, end);
    if (!value.isWellFormed()) this.#fail('lone_surrogate', start);
    return value;
  }

  #unescape(start: number, end: number): string {
    try {
      return JSON.parse(this.text.slice(start, end)) as string;
    } catch {
      return this.#fail('syntax', start);
    }
  }

  #number(): number {
    NUMBER.lastIndex = this.#at;
    const [digits] = NUMBER.exec(this.text) ?? this.#fail('syntax');
    if (!keepsNumber(digits)) this.#fail('number_out_of_range');
    this.#at += digits.length;
    const value = Number(digits);
    // JSON.stringify writes -0 as 0: evaluated must be what is sent.
    return value === 0 ? 0 : value;
  }

  #word<T extends Json>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.#at)) this.#fail('syntax');
    this.#at += word.length;
    return value;
  }

  /** The next character that is no white space, without taking it; '' at the end. */
  #next(): string {
    WHITE_SPACE.lastIndex = this.#at;
    WHITE_SPACE.test(this.text);
    this.#at = WHITE_SPACE.lastIndex;
    return this.text.charAt(this.#at);
  }

  #skip(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#skip(character)) this.#fail('syntax');
  }

  #fail(reason: StrictJsonReason, position = this.#at): never {
    throw new StrictJsonError(reason, position);
  }
}
