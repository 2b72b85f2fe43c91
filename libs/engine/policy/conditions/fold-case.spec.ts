import { describe, expect, it } from 'vitest';
import { foldCase } from './fold-case.js';

const EVERY_CASED = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((one) => /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u.test(one));

describe('folding case', () => {
  it.each([
    ['PROD', 'prod'],
    ['Straße', 'strAßE'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['\u212a', 'k'],
    ['ſ', 'S'],
    ['ẞ', 'ß'],
    ['\u1e9e', 'ß'],
    ['𐐀', '𐐨'],
    ['Ꭰ', 'ꭰ'],
    ['\ufb05', '\ufb06'],
    ['µ', 'μ'],
  ])('takes %s for %s', (one, other) => {
    expect(foldCase(one)).toBe(foldCase(other));
  });

  it.each([
    ['ß', 'ss'],
    ['İ', 'i'],
    ['ı', 'i'],
    ['é', 'e'],
    ['é', 'e\u0301'],
    ['ﬁ', 'fi'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(foldCase(one)).not.toBe(foldCase(other));
  });

  it('keeps the number of characters, and halves of surrogate pairs', () => {
    expect(foldCase('AİßẞŉΣ')).toHaveLength(6);
    expect(foldCase('\ud800A\udc00')).toBe('\ud800a\udc00');
  });

  it('joins all that simple folding joins, and nothing else, over every cased character there is', () => {
    expect(EVERY_CASED.length).toBeGreaterThan(2_800);
    const all = EVERY_CASED.join('');
    const byFold = Map.groupBy(EVERY_CASED, foldCase);
    const differs = EVERY_CASED.filter((one) => {
      const joined = all.match(new RegExp(one, 'giu')) ?? [];
      return joined.join('') !== byFold.get(foldCase(one))?.join('');
    });
    expect(differs.map((one) => one.codePointAt(0)?.toString(16))).toEqual([]);
  });
});
