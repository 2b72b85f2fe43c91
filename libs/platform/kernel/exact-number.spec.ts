import { describe, expect, it } from 'vitest';
import { ExactNumber, isPlainNumber, keepsNumber } from './exact-number.js';
import { hasMarkedNumber, markNumbers, unmarkNumbers } from './marked-numbers.js';
import type { ExactJson } from './json.js';

describe('a number that a double keeps', () => {
  it.each([
    '0', '-0', '-0.0', '0e999', '1', '1.0', '1.50', '1E2', '1e+2', '0.1', '-12.75', '9007199254740991',
    '-9007199254740991.0', '5e-324', '1.7976931348623157e-300', '0.0000001', '123456789012345.6',
    '0.10000000000000000', '100000000000000e-14',
  ])('%s', (text) => {
    expect(keepsNumber(text)).toBe(true);
  }); // prettier-ignore

  it.each([
    '9007199254740992', '-9007199254740993', '1908736452817364529', '9007199254740991.4', '1e400', '-1e400',
    '1e21', '1e-400', '4e-324', '0.1234567890123456789', '0.10000000000000001', '3.14159265358979323846',
    '1e999999999999999999', '123456789.12345678901',
  ])('or does not: %s', (text) => {
    expect(keepsNumber(text)).toBe(false);
  }); // prettier-ignore

  it('costs no more than its length, whatever its zeros', () => {
    const startedAt = performance.now();
    expect(keepsNumber(`0.${'0'.repeat(1_000_000)}1`)).toBe(false);
    expect(keepsNumber(`1.${'0'.repeat(1_000_000)}`)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it('is plain only in the characters that JavaScript writes', () => {
    const plain = ['0', '-1', '1.5', '0.1', '1e+21', '1e-7', '9007199254740992'];
    expect(plain.filter(isPlainNumber)).toEqual(plain);
    expect(['-0', '1.0', '1E2', '1e5', '1e400', '9007199254740993', '01'].some(isPlainNumber)).toBe(
      false,
    );
  });
});

describe('an exact number', () => {
  const digits = ['1908736452817364529', '9007199254740991.4', '1e400', '-0', '1.0'];

  it('is written in its own characters by JSON.stringify, wherever it is', () => {
    const value = { list: digits.map((text) => new ExactNumber(text)) };
    expect(JSON.stringify(value)).toBe(`{"list":[${digits.join(',')}]}`);
    expect(JSON.stringify(new ExactNumber('1.0'))).toBe('1.0');
  });

  it('has no form in RFC 8785, and no other text than a number', () => {
    expect(() => new ExactNumber('1.0').toJSON()).toThrow(TypeError);
    expect(() => JSON.stringify(new ExactNumber('{"a":1}'))).toThrow(SyntaxError);
  });

  it('is stored as plain JSON, and comes back', () => {
    const schema = { minimum: new ExactNumber('0.0'), enum: [new ExactNumber('1e400'), 2] };
    const stored = markNumbers(schema);
    expect(stored).toEqual({ minimum: 0, enum: [{ 'x-gatehouse-exact-number': '1e400' }, 2] });
    expect(hasMarkedNumber(stored)).toBe(true);
    expect(JSON.stringify(unmarkNumbers(stored))).toBe('{"minimum":0,"enum":[1e400,2]}');
  });

  it('cannot be forged in what is stored', () => {
    const forged: ExactJson = { a: { 'x-gatehouse-exact-number': '1,"admin":true' } };
    expect(() => markNumbers(forged)).toThrow(TypeError);
    expect(JSON.stringify(unmarkNumbers(forged as never))).toBe(JSON.stringify(forged));
  });
});
