import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastStart, localScimToken, localSecrets, rememberStart } from './index.js';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gatehouse-home-'));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const GARBAGE = ['', '{', '{"publicUrl":"http://loc', 'null', '[]', '{}', '"x"', '\0\0\0', '7'];

describe('what an earlier run left in the home', () => {
  it.each(GARBAGE)('is only a hint when it is %j', (content) => {
    writeFileSync(join(home, 'last-start.json'), content);
    writeFileSync(join(home, 'sandbox-scim-token.json'), content);
    expect(lastStart(home)).toBeNull();
    expect(localScimToken(home)).toBeNull();
  });

  it('is only a hint when it is a directory', () => {
    mkdirSync(join(home, 'last-start.json'));
    expect(lastStart(home)).toBeNull();
  });

  it('is read back when it is whole', () => {
    const start = { publicUrl: 'http://localhost:1', issuer: 'http://i:2', audience: 'http://a:3' };
    rememberStart(home, start);
    expect(lastStart(home)).toEqual(start);
  });

  it.each(GARBAGE)(
    'is said to be damaged where nothing else knows it: secrets that are %j',
    (content) => {
      writeFileSync(join(home, 'secrets.json'), content);
      expect(() => localSecrets(home)).toThrow(/secrets\.json is damaged/);
    },
  );
});
