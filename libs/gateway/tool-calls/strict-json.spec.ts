import { propertyRuns } from '#libs/dev/property-runs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '#libs/platform/listen';
import { readStrictJson, StrictJsonError } from './strict-json.js';

const read = (text: string) => readStrictJson(Buffer.from(text, 'utf8'));

const rejection = (bytes: Uint8Array | string): StrictJsonError => {
  try {
    readStrictJson(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  } catch (error) {
    if (error instanceof StrictJsonError) return error;
    throw error;
  }
  throw new Error('this was accepted');
};

const REJECTED: readonly [name: string, body: string | Uint8Array, reason: string][] = [
  ['a duplicate key', '{"a":1,"a":1}', 'duplicate_key'],
  ['a duplicate key spelt with an escape', '{"a":1,"\\u0061":2}', 'duplicate_key'],
  ['a duplicate key deep inside', '[{"x":[{"a":1,"b":2,"a":3}]}]', 'duplicate_key'],
  ['a duplicate __proto__', '{"__proto__":1,"__proto__":2}', 'duplicate_key'],
  ['2^53 + 1', '9007199254740993', 'number_out_of_range'],
  ['2^53', '9007199254740992', 'number_out_of_range'],
  ['-2^53', '[-9007199254740992]', 'number_out_of_range'],
  ['2^53 + 1 as a decimal', '9007199254740993.0', 'number_out_of_range'],
  ['a decimal next to 2^53', '9007199254740991.4', 'number_out_of_range'],
  ['more digits than a double has', '[0.1234567890123456789]', 'number_out_of_range'],
  ['a digit too many', '0.10000000000000001', 'number_out_of_range'],
  ['less than any double', '1e-400', 'number_out_of_range'],
  ['1e400', '{"amount":1e400}', 'number_out_of_range'],
  ['-1e400', '-1e400', 'number_out_of_range'],
  ['a lone high surrogate', '"\\ud800"', 'lone_surrogate'],
  ['a lone low surrogate', '"\\udc00x"', 'lone_surrogate'],
  ['a lone surrogate in a key', '{"\\ud83d":1}', 'lone_surrogate'],
  ['surrogates in the wrong order', '"\\udc00\\ud800"', 'lone_surrogate'],
  ['a surrogate encoded in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'not_utf8'],
  ['an overlong encoding', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'not_utf8'],
  ['UTF-16', Buffer.from('{"a":1}', 'utf16le'), 'syntax'],
  ['a byte order mark', '\ufeff{}', 'syntax'],
  ['65 levels', '['.repeat(65) + ']'.repeat(65), 'too_deep'],
  ['a million levels', '['.repeat(1_000_000), 'too_deep'],
  ['65 levels of objects', '{"a":'.repeat(65) + '1' + '}'.repeat(65), 'too_deep'],
  ['one byte too many', '"' + 'a'.repeat(MAX_BODY_BYTES - 1) + '"', 'too_large'],
  ['nothing', '', 'syntax'],
  ['white space', ' \n', 'syntax'],
  ['two values', '1 2', 'syntax'],
  ['a comma at the end of an array', '[1,]', 'syntax'],
  ['a comma at the end of an object', '{"a":1,}', 'syntax'],
  ['a missing colon', '{"a" 1}', 'syntax'],
  ['a key without quotes', '{a:1}', 'syntax'],
  ['single quotes', "{'a':1}", 'syntax'],
  ['a comment', '{"a":1/*x*/}', 'syntax'],
  ['NaN', 'NaN', 'syntax'],
  ['Infinity', '-Infinity', 'syntax'],
  ['a leading zero', '01', 'syntax'],
  ['a plus sign', '+1', 'syntax'],
  ['a hexadecimal number', '0x10', 'syntax'],
  ['a dot without digits', '1.', 'syntax'],
  ['a bare minus', '-', 'syntax'],
  ['an exponent without digits', '1e', 'syntax'],
  ['a half word', 'tru', 'syntax'],
  ['a word that goes on', 'nullx', 'syntax'],
  ['an unknown escape', '"\\x41"', 'syntax'],
  ['a short escape', '"\\u12"', 'syntax'],
  ['a line break in a string', '"a\nb"', 'syntax'],
  ['a NUL in a string', '"a\u0000b"', 'syntax'],
  ['a string without an end', '"abc', 'syntax'],
  ['a string that ends in a backslash', '"abc\\', 'syntax'],
  ['a no-break space', '\u00a0{}', 'syntax'],
];

const hasUnsafeNumber = (text: string): boolean =>
  (text.match(/-?\d[\d.eE+-]*/g) ?? []).some(
    (digits) => Number.isInteger(Number(digits)) && !Number.isSafeInteger(Number(digits)),
  );

/** What JSON.parse keeps without a word may be rejected; everything else is read alike. */
const readsAlike = (text: string): boolean => {
  try {
    return isDeepStrictEqual(read(text), JSON.parse(text));
  } catch (error) {
    return error instanceof StrictJsonError && /duplicate_key|lone_surrogate/.test(error.reason);
  }
};

describe('readStrictJson', () => {
  it.each(REJECTED)('rejects %s', (_name, body, reason) => {
    expect(rejection(body).reason).toBe(reason);
  });

  it('accepts 64 levels, a whole megabyte and the largest exact integers', () => {
    expect(read('['.repeat(64) + ']'.repeat(64))).toBeInstanceOf(Array);
    expect(read('"' + 'a'.repeat(MAX_BODY_BYTES - 2) + '"')).toHaveLength(MAX_BODY_BYTES - 2);
    expect(read('[9007199254740991,-9007199254740991]')).toEqual([2 ** 53 - 1, -(2 ** 53 - 1)]);
  });

  it('keeps __proto__ as a plain property that changes nothing', () => {
    const value = read('{"__proto__":{"admin":true},"a":1}') as Record<string, unknown>;
    expect(value['admin']).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true},"a":1}');
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('says where, never what was there', () => {
    const { message, position } = rejection('{"secret-key": c4n4ry}');
    expect(position).toBe(15);
    expect(message).not.toMatch(/secret|c4n4ry/);
  });

  it('reads whatever JSON.stringify writes as JSON.parse does, but for numbers that it rejects', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8, noUnicodeString: false }), (text) => {
        fc.pre(!hasUnsafeNumber(text) && !text.includes('-0'));
        expect(readsAlike(text)).toBe(true);
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });

  it('accepts no text that JSON.parse rejects', () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '\\',
      '\\u00',
      '1',
      '-',
      '.5',
      'e9',
      ' ',
      'true',
      'null',
      '\t',
      '0',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
        const text = fragments.join('');
        let value: unknown;
        try {
          value = read(text);
        } catch {
          return;
        }
        expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: propertyRuns(20_000) },
    );
  });
});
