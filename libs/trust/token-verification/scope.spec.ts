import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { isToolScope, scopeAllows, scopeLimit, toolScopes } from './scope.js';

describe('the scope of a token', () => {
  it.each<[Json, boolean]>([
    ['tools', true],
    ['tools:helpdesk', true],
    ['openid tools:helpdesk profile', true],
    ['tools:everything tools', true],
    // Other issuers’ words do not limit.
    ['openid profile', true],
    ['', true],
    ['toolshed', true],
    ['tools:everything', false],
    ['tools:helpdesk2', false],
    ['tools:HELPDESK', false],
    ['TOOLS', false],
    ['tools:', false],
    ['tools:*', false],
    ['tools:everything openid', false],
    [null, false],
    [['tools'], false],
    [7, false],
  ])('%j lets it reach helpdesk: %s', (scope, allowed) => {
    expect(scopeAllows({ scope }, 'helpdesk')).toBe(allowed);
  });

  it.each<[JsonObject, readonly string[] | null]>([
    [{}, null],
    [{ scp: 'openid tools:a' }, ['tools:a']],
    [{ scp: ['openid', 'tools:a', 'tools:b'] }, ['tools:a', 'tools:b']],
    [{ scp: ['openid'] }, null],
    [{ scope: 'openid', scp: ['tools:a'] }, ['tools:a']],
    [{ scp: [7] }, []],
    [{ scp: { a: 'tools' } }, []],
    [{ scope: null, scp: 'tools' }, []],
  ])('%j is limited to %j, wherever its issuer writes it', (claims, limit) => {
    expect(scopeLimit(claims)).toEqual(limit);
  });

  it('is asked for in one spelling only', () => {
    for (const word of ['tools', 'tools:a', 'tools:a-1']) expect(isToolScope(word)).toBe(true);
    for (const word of [
      'Tools',
      'tools:',
      'tools:A',
      'tools:a/b',
      'tool',
      `tools:${'a'.repeat(25)}`,
    ])
      expect(isToolScope(word)).toBe(false);
    expect(toolScopes('a tools:x tools:x b')).toEqual(['tools:x']);
  });
});
