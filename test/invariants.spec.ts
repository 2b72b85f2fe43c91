import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PAGE = 'docs/invariants.md';
/** How many invariants each area has: their ids run from 1 without a gap. */
const AREAS = { I: 14, P: 13, G: 22, A: 12, C: 7, S: 6, Q: 3, O: 2 };

const ROW = /^\| ([A-Z]\d+) \| (.+?) \| (.+) \|$/gm;
/** A path in backticks, then the names that are said to be in that file. */
const REFERENCE = /`([^`\s]+\.(?:spec\.ts|mjs))`(?:: ((?:"[^"]+"(?:, )?)+))?/g;

const ids = Object.entries(AREAS).flatMap(([area, count]) =>
  Array.from({ length: count }, (_, index) => `${area}${index + 1}`),
);

const rowsOf = (page: string) =>
  [...page.matchAll(ROW)].map(([, id = '', , heldBy = '']) => ({ id, heldBy }));

const referencesOf = (heldBy: string) =>
  [...heldBy.matchAll(REFERENCE)].map(([, path = '', names = '']) => ({
    path,
    names: [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
  }));

/** What is wrong with a page of invariants; empty when nothing is. */
const problemsOf = (page: string): string[] => {
  const rows = rowsOf(page);
  const listed = rows.map(({ id }) => id);
  return [
    ...ids.filter((id) => !listed.includes(id)).map((id) => `${id} is missing`),
    ...listed.filter((id, at) => listed.indexOf(id) !== at).map((id) => `${id} is listed twice`),
    ...listed.filter((id) => !ids.includes(id)).map((id) => `${id} is unknown`),
    ...rows.flatMap(({ id, heldBy }) => brokenReferences(id, heldBy)),
  ];
};

const brokenReferences = (id: string, heldBy: string): string[] => {
  const references = referencesOf(heldBy);
  if (references.length === 0 && !heldBy.startsWith('not yet')) return [`${id} names no test`];
  return references.flatMap(({ path, names }) => {
    if (!existsSync(path)) return [`${id}: there is no ${path}`];
    // A title follows the bracket of describe, it or it.each(…); a rule of dependency-cruiser its `name:`.
    const source = readFileSync(path, 'utf8').replaceAll(/([(:])\s+(?=['"`])/g, '$1');
    const begins = ["('", '("', '(`', ":'"];
    return names
      .filter((name) => !begins.some((begin) => source.includes(begin + name)))
      .map((name) => `${id}: no name in ${path} begins with "${name}"`);
  });
};

describe('docs/invariants.md', () => {
  const page = readFileSync(PAGE, 'utf8');

  it('lists every invariant once, with tests that exist', () => {
    expect(problemsOf(page)).toEqual([]);
  });

  it('is read whole: as many references as there are test files in it', () => {
    const found = rowsOf(page).flatMap(({ heldBy }) => referencesOf(heldBy));
    expect(found).toHaveLength(page.match(/`[^`\s]+\.spec\.ts`|`\.dep[^`]+`/g)?.length ?? 0);
  });

  it.each([
    ['a renamed test', '"the listener"', '"a listener"', 'G12: no name in'],
    ['a moved file', '`test/system/ledger', '`test/ledger', 'A1: there is no'],
    ['a missing row', '| A12 |', '| – |', 'A12 is missing'],
    ['a row twice', '| A12 |', '| A11 |', 'A11 is listed twice'],
    ['an unknown id', '| A12 |', '| A99 |', 'A99 is unknown'],
    ['a row without a test', '| not yet |', '| surely |', 'names no test'],
  ])('is found wanting with %s (negative control)', (_what, from, to, problem) => {
    const broken = page.replace(from, to);
    expect(broken).not.toBe(page);
    expect(problemsOf(broken).join('\n')).toContain(problem);
  });
});
