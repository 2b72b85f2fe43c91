import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PAGES = globSync(['*.md', 'docs/**/*.md']).toSorted();
/** A file or folder of ours in backticks; what only a build makes is not looked for. */
const PATH = /`((?:apps|docs|libs|prisma|test|tools)\/[\w./-]*(?:\/|\.\w+))`/g;
const MADE_BY_A_BUILD = /\/(?:dist|generated)\//;
/** What git writes where two versions differ, and nobody has decided. */
const CONFLICT = /^(?:<{7} |>{7} |={7}$)/m;
const LINK = /\]\(([^()\s]+)\)/g;

const headingsOf = (page: string): string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );

const isBroken = (link: string, page: string): boolean => {
  if (/^[a-z]+:/.test(link)) return false;
  const [path = '', heading] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(target)) return true;
  return heading !== undefined && !headingsOf(readFileSync(target, 'utf8')).includes(heading);
};

const brokenIn = (text: string, page: string): string[] => [
  ...[...text.matchAll(PATH)]
    .map(([, path = '']) => path)
    .filter((path) => !MADE_BY_A_BUILD.test(path) && !existsSync(path)),
  ...[...text.matchAll(LINK)].map(([, link = '']) => link).filter((link) => isBroken(link, page)),
];

describe('the documents', () => {
  it('are found', () => {
    expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/start-here.md']));
  });

  it.each(PAGES)('name only files and headings that exist: %s', (page) => {
    expect(brokenIn(readFileSync(page, 'utf8'), page)).toEqual([]);
  });

  it.each(PAGES)('have no conflict left in them: %s', (page) => {
    expect(readFileSync(page, 'utf8')).not.toMatch(CONFLICT);
  });

  it('are found wanting otherwise (negative control)', () => {
    const text = 'See `libs/nowhere/index.ts`, [a](docs/nowhere.md), [b](docs/ledger.md#nowhere).';
    expect(brokenIn(text, 'README.md')).toHaveLength(3);
  });
});

describe('the comments of the code', () => {
  const SOURCES = globSync(
    ['apps/*/src/**/*.{ts,tsx}', 'libs/**/*.ts', 'test/**/*.ts', 'prisma/schema.prisma'],
    { exclude: ['**/generated/**'] },
  );
  const COMMENT = /^\s*(?:\/\/|\/?\*).*$|\/\*\*.*\*\/$/gm;
  const LIBRARY = /libs\/[\w-]+(?:\/[\w-]+)*(?:\.[a-z]+)*/g;

  const missingIn = (source: string): string[] =>
    [...source.matchAll(COMMENT)]
      .flatMap(([comment]) => comment.match(LIBRARY) ?? [])
      .filter((path) => !existsSync(path));

  it('name only libraries that exist', () => {
    expect(SOURCES.length).toBeGreaterThan(1_000);
    const missing = SOURCES.flatMap((path) =>
      missingIn(readFileSync(path, 'utf8')).map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('are found wanting otherwise (negative control)', () => {
    expect(missingIn('/** See libs/nowhere. */\n  // `#libs/engine/nowhere`\nlibs/code')).toEqual([
      'libs/nowhere',
      'libs/engine/nowhere',
    ]);
  });
});
