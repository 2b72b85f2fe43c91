import { describe, expect, it } from 'vitest';
import { findWords } from '../tools/lib/spelling.mjs';

const words = (path: string, text: string) =>
  findWords(path, text).map(({ line, word }) => [line, word]);

describe('the spelling rule', () => {
  it.each([
    ['an entry type', 'libs/a/b.ts', "const type = 'press-stop';", 'press-stop'],
    ['a job', 'libs/a/b.ts', "add('tokens.forget')", 'tokens.forget'],
    ['a path', 'docs/a.md', 'Send `POST /api/alarms` to it.', '/api/alarms'],
    ['a metric', 'docs/a.md', '`gatehouse_alarms_raised_total`', 'alarms_raised'],
    ['a constant', 'libs/a/b.ts', 'if (TOO_DEEP) fail();', 'TOO_DEEP'],
    [
      'a phrase in a message',
      'apps/a/b.tsx',
      '<p>There is no such thing.</p>',
      'there is no such thing',
    ],
    ['a phrase in a document', 'docs/a.md', 'It comes through the\nfront door.', 'front door'],
    [
      'a phrase over lines of a comment',
      'libs/a/b.ts',
      '/**\n * The front\n * door.\n */',
      'front door',
    ],
    ['an archaism in a message', 'apps/a/b.tsx', "say('Whoever signs in owns it.');", 'whoever'],
    ['a formatter named a message', 'apps/a/b.ts', 'const numberMessages = f;', 'number message'],
    ['a word in camelCase', 'libs/a/b.ts', 'const openDoors = 1;', 'door'],
    ['a word in a type', 'libs/a/b.ts', 'interface HouseEntry { at: Date }', 'house'],
    ['a word in a key', 'libs/a/b.ts', 'f({ isJudged: true });', 'judged'],
    ['a word in a file name', 'libs/a/raise-alarm.ts', '', 'alarm'],
  ])('finds %s', (_, path, text, word) => {
    expect(words(path, text)).toEqual([[expect.any(Number), word]]);
  });

  it('says where it is and what to say instead', () => {
    expect(findWords('libs/a/b.ts', '\n\nlet door;')).toEqual([
      { path: 'libs/a/b.ts', line: 3, word: 'door', better: expect.stringContaining('adapter') },
    ]);
  });

  it.each([
    [
      'plain English in a comment',
      'libs/a/b.ts',
      '// A judge lays the house key at the door.\nf();',
    ],
    ['plain English in a message', 'libs/a/b.ts', "say('The door is open.');"],
    ['plain English in a document', 'docs/a.md', 'The house has a door.'],
    ['a word inside another', 'libs/a/b.ts', 'flushInBackground("strangers");'],
    ['a longer word', 'libs/a/b.ts', 'const gatehouse = warehouse(indoor);'],
    ['a longer name', 'libs/a/b.ts', "const type = 'press-stop-watch';"],
    ['today’s words', 'libs/a/b.ts', "const alert = 'activate-kill-switch';"],
  ])('leaves %s alone', (_, path, text) => {
    expect(words(path, text)).toEqual([]);
  });
});
