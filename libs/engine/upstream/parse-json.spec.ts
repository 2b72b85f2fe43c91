import { describe, expect, it } from 'vitest';

import { parseUpstreamJson } from './parse-json.js';

const written = (text: string): string => JSON.stringify(parseUpstreamJson(text));

describe('what a tool server sent', () => {
  it.each([
    '1908736452817364529',
    '[-0,-0.0,1.0,1E2,1e400,1e-400,0.10000000000000001,9007199254740991.4]',
    '{"a":{"b":[1.0,{"c":-12345678901234567890}]},"d":"1.0","e":"\\"1.0"}',
    '{"__proto__":1.0,"a":{"__proto__":{"b":1.0}}}',
    '[1,2.5,1e+21,"text",null,true,1.0]',
  ])('is written as it came: %s', (text) => {
    expect(written(text)).toBe(text);
    expect(({} as Record<string, unknown>)['b']).toBeUndefined();
  });

  it.each([
    '[01.0]', '[1.]', '[1.0e]', '[--1.0]', '[+1.0]', '[.10]', '{1.0:1}', '{1.0 \n :1}', '{"a":1.0,1.0:2}', '1.0 1.0',
    '[1.0"x"]', 'tru1.0', '[1.0', '"1.0', '-', '[1.0,]', '1.0:', '[1.0.0]', '1.0-1.0',
  ])('is not JSON, whatever its numbers: %s', (text) => {
    expect(() => parseUpstreamJson(text)).toThrow('is not JSON');
  }); // prettier-ignore

  it('may be 64 levels deep', () => {
    const nested = (levels: number) => '['.repeat(levels) + '1.0' + ']'.repeat(levels);
    expect(written(nested(64))).toBe(nested(64));
    expect(() => parseUpstreamJson(nested(65))).toThrow('64 levels');
    expect(() => parseUpstreamJson('{"a":'.repeat(65))).toThrow('64 levels');
  });

  it('costs little more than JSON.parse, however many numbers it has (P13)', () => {
    const many = (number: string) => `[${`${number},`.repeat(500_000)}0]`;
    const cpuMsOf = (work: () => unknown): number => {
      const before = process.cpuUsage();
      work();
      return process.cpuUsage(before).user / 1000;
    };
    for (const number of ['1.0', '1E2']) {
      const text = many(number);
      const plainMs = cpuMsOf(() => JSON.parse(text));
      let parsed: unknown;
      // A reviver takes more than twenty times as long.
      expect(cpuMsOf(() => (parsed = parseUpstreamJson(text)))).toBeLessThan(300 + 10 * plainMs);
      // No digit is lost where there are too many to keep their spelling.
      expect(JSON.stringify(parsed)).toMatch(/,(1|100),0\]$/);
    }
    expect(() => parseUpstreamJson(many('1e400'))).toThrow('cannot be kept exactly');
  });
});
