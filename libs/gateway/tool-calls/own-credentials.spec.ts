import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Json } from '#libs/platform/kernel';
import { assertNoOwnCredentials } from './own-credentials.js';

const part = (bytes: number) => randomBytes(bytes).toString('base64url');
const token = `${part(40)}.${part(300)}.${part(64)}`;

const contentOf = (q: Json) => ({
  body: Buffer.from(JSON.stringify({ q })),
  values: [{ q }],
  query: [],
});

const assertContent = (q: Json, credentials = [token]) =>
  assertNoOwnCredentials(contentOf(q), credentials);

describe('a credential in the content of a request', () => {
  it('is found behind any number of bytes in base64, and wrapped at any width from 48 on', () => {
    for (let before = 0; before < 40; before += 1) {
      const text = Buffer.from('x'.repeat(before) + token + 'yy').toString('base64');
      expect(() => assertContent(text)).toThrow('credentials');
      const width = 48 + before;
      const wrapped = token.replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
      expect(() => assertContent(wrapped)).toThrow('credentials');
    }
  });

  it('is not found where there is none, nor without a credential', () => {
    for (let round = 0; round < 200; round += 1)
      expect(() => assertContent(part(600))).not.toThrow();
    expect(() => assertContent(token, [])).not.toThrow();
    expect(() => assertContent('a.b.c', ['a.b.c'])).not.toThrow();
  });

  // Of this thread's processor time, the best of several: other work on the machine lengthens each.
  it.each<[string, Json]>([
    ['plain text', 'printer '.repeat(130_000)],
    ['escapes of JSON', '\n'.repeat(520_000)],
    ['percent signs', '%25'.repeat(349_000)],
    ['percent signs that encode nothing', '%zz'.repeat(349_000)],
    ['escapes inside a text', String.raw`\u0041`.repeat(149_000)],
    ['many texts', Array.from({ length: 2_700 }, () => '%41%'.repeat(95))],
  ])('is looked for in 1 MB of %s in less than 50 ms', (_what, q) => {
    const content = contentOf(q);
    const times = Array.from({ length: 7 }, () => {
      const start = process.threadCpuUsage();
      assertNoOwnCredentials(content, [token]);
      const { user, system } = process.threadCpuUsage(start);
      return (user + system) / 1_000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
