import { RE2JS } from 're2js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeOfPattern } from './pattern-size.js';

describe("a pattern's size", () => {
  it.each([
    ['abc', 3],
    ['a{10}', 10],
    ['a{2,10}', 11],
    ['a{10,}', 11],
    ['[a-z{]{10}', 10],
    ['\\p{L}{10}', 10],
    ['\\x{41}{10}', 10],
    ['a\\{10}', 5],
    ['(ab){10}', 30],
    ['(a{10}b){10}', 120],
    ['((a{10}){10}){10}', 1_110],
    ['\\Qa{9}\\E', 8],
    ['a{,5}', 5],
    ['a{0}', 1],
  ])('of %s is %i', (pattern, size) => {
    expect(sizeOfPattern(pattern)).toBe(size);
  });

  it.each([
    ['counts', 'a{1000}'.repeat(71), /multiply/],
    ['counts of counts', '((a{100}){100}){100}', /multiply/],
    ['counts of a class', '[a-z]{1000}'.repeat(4), /multiply/],
    ['counts in groups that never end', '(a{1000}'.repeat(50), /multiply/],
    ['nesting', `${'('.repeat(101)}${')'.repeat(101)}`, /100 groups/],
    ['nesting that never ends', '('.repeat(2_000), /100 groups/],
    ['length', 'a'.repeat(2_001), /longer than 2000/],
    ['Unicode classes', '\\p{L}'.repeat(33), /32 Unicode classes/],
    ['other Unicode classes', '[\\P{L}\\pN]'.repeat(20), /32 Unicode classes/],
  ])('that is too much is known before it is compiled: %s', (_, pattern, reason) => {
    const before = process.threadCpuUsage();
    expect(() => sizeOfPattern(pattern)).toThrow(reason);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(20);
  });

  it('is never much less than the compiled program', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '[a-z]',
      '\\d',
      '(',
      ')',
      '(?:',
      '|',
      '*',
      '+',
      '?',
      '{3}',
      '{2,9}',
      '{20,}',
    );
    let compiled = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const pattern = pieces.join('');
        let program: number;
        try {
          program = RE2JS.compile(pattern).programSize();
        } catch {
          return;
        }
        compiled += 1;
        if (program > 1_000) return;
        // Each part may come with a split, a jump or two ends of a group.
        expect(program).toBeLessThanOrEqual(4 * sizeOfPattern(pattern) + 10);
      }),
      { numRuns: 3_000 },
    );
    expect(compiled).toBeGreaterThan(300);
  });
});
