import { describe, expect, it } from 'vitest';
import { safeReturnTo } from './oidc.strategy.js';

const ORIGIN = 'https://gate.example.com';

describe('where to go after sign-in', () => {
  it.each([
    ['/', '/'],
    ['/agents', '/agents'],
    ['/agents?state=active#top', '/agents?state=active#top'],
    ['/a/../b', '/b'],
  ])('is the path that was asked for: %s', (asked, path) => {
    expect(safeReturnTo(asked, ORIGIN)).toBe(path);
  });

  it.each([
    undefined,
    ['/agents'],
    '',
    'agents',
    '//evil.test',
    '///evil.test',
    String.raw`/\evil.test`,
    String.raw`\\evil.test`,
    '/\t/evil.test',
    '/\n/evil.test',
    '/.//evil.test',
    '/x/..//evil.test',
    'https://evil.test',
    'https:/evil.test',
    'javascript:alert(1)',
    'data:text/html,x',
    ' /agents',
    '/api/sign-in',
    '/api/v1/sign-out',
    `/${'a'.repeat(500)}`,
  ])('is the front page when it is no path of ours: %j', (asked) => {
    expect(safeReturnTo(asked, ORIGIN)).toBe('/');
  });
});
