import type { JsonObject } from '#libs/platform/kernel';

const BY_FORMAT: Readonly<Record<string, string>> = {
  'date-time': '2026-11-30T12:00:00Z',
  date: '2026-11-30',
  time: '12:00:00Z',
  email: 'person@example.test',
  uri: 'https://example.test/page',
  url: 'https://example.test/page',
  uuid: '3f2b8c1e-9d4a-4e6f-8a7b-1c2d3e4f5a6b',
  hostname: 'example.test',
  ipv4: '192.0.2.7',
  ipv6: '2001:db8::7',
};

// One of these matches nearly every pattern that servers write.
const CANDIDATES = [
  ...Object.values(BY_FORMAT),
  '2026-11-30T12:00:00.000Z', '2026-11-30 12:00:00', '12:00', 'abc', 'ABC', 'a1', '1', '0', '10', '123',
  '1.2.3', 'a/b', '/a/b', 'a.b', 'en', 'EN', 'en-US', 'US', '#a1b2c3', 'appAAAAAAAAAAAAAA', 'tblAAAAAAAAAAAAAA',
  'fldAAAAAAAAAAAAAA', '1:2', '1-2', 'a'.repeat(24), '0'.repeat(24), 'a'.repeat(32), 'a'.repeat(40), '1.5,2.5',
  'I1:2', '-1', '5m', '1d', '1h', 'mailto:person@example.test', 'data:image/png;base64,AAAA', '',
]; // prettier-ignore

const WORDS = ['text', 'zwei Wörter', 'with "quotes" and \\ and 😀', '../x?y=1&z', '{"json": [1]}'];

/** A text that a schema describes. */
export const makeString = (schema: JsonObject, variant: number): string => {
  const { format, pattern, minLength, maxLength } = schema;
  const least = Number(minLength ?? 0);
  const most = Number(maxLength ?? Infinity);
  const fits = (text: string): boolean => text.length >= least && text.length <= most;
  if (typeof pattern === 'string') {
    const matches = new RegExp(pattern, 'u');
    return CANDIDATES.find((text) => fits(text) && matches.test(text)) ?? '';
  }
  const known = typeof format === 'string' ? BY_FORMAT[format] : undefined;
  if (known !== undefined && fits(known)) return known;
  const word = WORDS[variant % WORDS.length] ?? '';
  return (fits(word) ? word : 'x'.repeat(Math.min(1, most))).padEnd(least, 'x');
};
