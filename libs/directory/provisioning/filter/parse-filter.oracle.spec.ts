import { propertyRuns } from '#libs/dev/property-runs';
import fc from 'fast-check';
import { parse, type Filter as OracleFilter } from 'scim2-parse-filter';
import { describe, expect, it } from 'vitest';
import type { AttributePath, Filter } from './filter.js';
import { filtersOf, leavesOf, tokensOfFilter, writtenPath } from './filter-arbitraries.fixture.js';
import { parseFilter } from './parse-filter.js';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

// Both trees in the oracle's form, `a and (b and c)` no other than `a and b and c`.
const joined = (op: 'and' | 'or', filters: OracleFilter[]): OracleFilter => ({
  op,
  filters: filters.flatMap((one) => (one.op === op ? one.filters : [one])),
});

const ours = (filter: Filter): OracleFilter => {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(filter.kind, [ours(filter.left), ours(filter.right)]);
    case 'not':
      return { op: 'not', filter: ours(filter.filter) };
    case 'present':
      return { op: 'pr', attrPath: writtenPath(filter.path) };
    case 'compare':
      return {
        op: filter.operator,
        attrPath: writtenPath(filter.path),
        compValue: filter.value,
      };
    case 'within':
      return { op: '[]', attrPath: writtenPath(filter.path), valFilter: ours(filter.filter) };
  }
};

const theirs = (filter: OracleFilter): OracleFilter => {
  if (filter.op === 'and' || filter.op === 'or')
    return joined(filter.op, filter.filters.map(theirs));
  if (filter.op === 'not') return { op: 'not', filter: theirs(filter.filter) };
  return filter.op === '[]' ? { ...filter, valFilter: theirs(filter.valFilter) } : filter;
};

type Verdict = 'the same' | 'only we take it' | 'only the oracle takes it' | 'read otherwise';

const attempt = (read: () => OracleFilter): string | null => {
  try {
    return JSON.stringify(read());
  } catch {
    return null;
  }
};

const compare = (text: string): Verdict => {
  const us = attempt(() => ours(parseFilter(text)));
  const them = attempt(() => theirs(parse(text)));
  if (us === them) return 'the same';
  if (us === null) return 'only the oracle takes it';
  return them === null ? 'only we take it' : 'read otherwise';
};

interface Difference {
  why: string;
  examples: [text: string, verdict: Verdict][];
  /** Which texts may differ for this reason; strings in them are empty but for escapes. */
  covers: RegExp;
}

const OPERATOR = '(?:pr|eq|ne|co|sw|ew|gt|ge|lt|le)';

const KNOWN: Difference[] = [
  {
    why: 'RFC 7644 §3.4.2.2: not stands before a parenthesis only',
    examples: [['not userName pr', 'only the oracle takes it']],
    covers: /\bnot\s+[^\s(]/i,
  },
  {
    why: 'RFC 7643 §2.1 lets an attribute be called not',
    examples: [
      ['not pr', 'only we take it'],
      ['not eq "x"', 'only we take it'],
      ['not[a pr]', 'only we take it'],
    ],
    covers: new RegExp(`\\bnot(?:\\s+${OPERATOR}\\b|\\s*\\[)`, 'i'),
  },
  {
    why: 'RFC 7643 §2.1: an attribute’s name begins with a letter',
    examples: [
      ['1a pr', 'only the oracle takes it'],
      ['_a[b pr]', 'only the oracle takes it'],
    ],
    covers: new RegExp(`(?:^|[\\s([.:])[\\d_]\\S*\\s*(?:\\s${OPERATOR}\\b|\\[)`, 'i'),
  },
  {
    why: 'RFC 7643 §2.4 defines an attribute that is called $ref',
    examples: [['members[$ref pr]', 'only we take it']],
    covers: /\$ref/,
  },
  {
    why: 'RFC 7644 §3.4.2.2: after an attribute’s name comes one sub-attribute at most',
    examples: [
      ['a.b.c pr', 'only the oracle takes it'],
      ['a. pr', 'only the oracle takes it'],
    ],
    covers: /\.[\w$-]*\.|\.(?:\s|\[)/,
  },
  {
    why: 'RFC 7644 §3.10: an attribute’s prefix is a URN',
    examples: [
      ['User:userName pr', 'only the oracle takes it'],
      ['https://schemas.test/User:userName pr', 'only the oracle takes it'],
      ['urn:a: pr', 'only the oracle takes it'],
    ],
    covers: /(?:^|[\s([])(?!urn:)[a-z]\w*[:/]|:\s/i,
  },
  {
    why: 'RFC 7644 §3.4.2.2: a question after a value path, as Entra asks it, is about the values it picks',
    examples: [['emails[type eq "work"].value eq "x"', 'read otherwise']],
    covers: /\]\./,
  },
  {
    why: 'RFC 7159 §6: a number may have a sign and an exponent, also before more of the filter',
    examples: [
      ['a eq -1 and b pr', 'only we take it'],
      ['(a eq 1e+3)', 'only we take it'],
    ],
    covers: /\s-\d|\d[eE]\+/,
  },
  {
    why: 'RFC 7159 §6: a number may be refused for its size, and none is infinite',
    examples: [['a eq 1e999', 'only the oracle takes it']],
    covers: /\d[eE]\+?\d{3}/,
  },
  {
    why: 'RFC 7159 §7: a backslash escapes one of nine characters',
    examples: [
      ['a eq "\\u0041"', 'read otherwise'],
      ['a eq "\\\\"', 'only we take it'],
      ['a eq "\\x"', 'only the oracle takes it'],
    ],
    covers: /\\[^"]/,
  },
  {
    why: 'RFC 7159 §3 writes literals in small letters; provisioning clients do not',
    examples: [
      ['active eq False', 'only we take it'],
      ['active eq NULL', 'only we take it'],
    ],
    covers: /\b(?:True|False|Null|TRUE|FALSE|NULL)\b/,
  },
  {
    why: 'RFC 7644 §3.4.2.2 sets no bound, we do: 32 levels, 1000 tokens, 8192 characters',
    examples: [
      [`${'('.repeat(40)}a pr${')'.repeat(40)}`, 'only the oracle takes it'],
      [Array.from({ length: 600 }, () => 'a pr').join(' or '), 'only the oracle takes it'],
      [`a eq "${'x'.repeat(9000)}"`, 'only the oracle takes it'],
    ],
    covers: /^.{2000}|\({33}/,
  },
];

const emptied = (text: string): string =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (string) =>
    string.length > 2000 ? string : `"${string.match(/\\[^"]/)?.[0] ?? ''}"`,
  );

const isKnown = (text: string, verdict: Verdict): boolean =>
  KNOWN.some(
    ({ covers, examples }) =>
      covers.test(emptied(text)) && examples.some(([, listed]) => listed === verdict),
  );

const names = fc.oneof(
  fc.constantFrom('userName', 'emails', 'a', 'x-y_2', 'and', 'or', 'pr', 'eq', 'true', 'null'),
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,6}$/).filter((name) => !/^not$/i.test(name)),
);
const paths: fc.Arbitrary<AttributePath> = fc.record({
  urn: fc.option(fc.constantFrom(USER, 'urn:example:a'), { freq: 4 }),
  name: names,
  sub: fc.option(names),
});
const CHARACTERS = ['a', 'B', ' ', '0', '(', ')', '[', '].', 'é', '€', '😀', '\u007F', '\u0085'];
const literals = fc.oneof(
  fc.constantFrom(true, false, null, ''),
  fc.nat(),
  fc.nat(1000).map((cents) => cents / 100),
  fc.string({ unit: fc.constantFrom(...CHARACTERS) }),
  fc.constantFrom('a"b', 'a and b', 'not (a pr)'),
);
const leaves = leavesOf(paths, literals);
const filters = filtersOf(
  fc.oneof(
    { weight: 4, arbitrary: leaves },
    {
      weight: 1,
      arbitrary: fc.record<Filter & { kind: 'within' }>({
        kind: fc.constant('within'),
        path: paths,
        filter: filtersOf(leaves),
      }),
    },
  ),
);

const styles = fc.record({ allParentheses: fc.boolean(), inCapitals: fc.boolean() });

const WORDS = [
  '( ) [ ] . , : not and OR pr eq xx a a.b $ref "x" "\\u0041" "\\x" "\\" " \'x\' é',
  `1 01 -1 1e+3 1e999 True 1a a.b.c User:a ${USER}:a ].value`,
].flatMap((words) => words.split(' '));

describe('scim2-parse-filter', () => {
  it('reads what the grammar makes as we do, and as it was meant', () => {
    fc.assert(
      fc.property(filters, styles, (filter, style) => {
        const text = tokensOfFilter(filter, style).join(' ');
        const meant = JSON.stringify(ours(filter));
        expect([text, attempt(() => ours(parseFilter(text)))]).toEqual([text, meant]);
        expect([text, attempt(() => theirs(parse(text)))]).toEqual([text, meant]);
      }),
      { numRuns: propertyRuns(2000) },
    );
  }, 30_000);

  it('takes and refuses the same when tokens are lost, added or changed, but for what is listed', () => {
    const edits = fc.array(
      fc.record({
        at: fc.nat(30),
        removed: fc.nat(2),
        added: fc.array(fc.constantFrom(...WORDS), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 3 },
    );
    const seen = { same: 0, different: 0 };
    fc.assert(
      fc.property(filters, edits, fc.boolean(), (filter, changes, isSpaced) => {
        const tokens = tokensOfFilter(filter);
        for (const { at, removed, added } of changes)
          tokens.splice(at % (tokens.length + 1), removed, ...added);
        const text = tokens.join(' ').replaceAll(isSpaced ? / (?=[)\]])/g : '', '');
        const verdict = compare(text);
        seen[verdict === 'the same' ? 'same' : 'different'] += 1;
        const isExplained = verdict === 'the same' || isKnown(text, verdict);
        expect([text, verdict, isExplained]).toEqual([text, verdict, true]);
      }),
      { numRuns: propertyRuns(4000) },
    );
    expect(seen.different).toBeLessThan(seen.same / 4);
  }, 30_000);

  // RFC 7644, figure 2.
  it.each([
    'userName eq "bjensen"',
    `name.familyName co "O'Malley"`,
    'userName sw "J"',
    `${USER}:userName sw "J"`,
    'title pr',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    'meta.lastModified ge "2011-05-13T04:42:34Z"',
    'meta.lastModified lt "2011-05-13T04:42:34Z"',
    'meta.lastModified le "2011-05-13T04:42:34Z"',
    'title pr and userType eq "Employee"',
    'title pr or userType eq "Intern"',
    'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    'userType eq "Employee" and (emails.type eq "work")',
    'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
  ])('reads %s as we do', (text) => {
    expect(parseFilter(text)).toBeDefined();
    expect(compare(text)).toBe('the same');
  });

  it.each(KNOWN)('differs from us still: $why', ({ examples, covers }) => {
    for (const [text, verdict] of examples) {
      expect([text.slice(0, 50), compare(text)]).toEqual([text.slice(0, 50), verdict]);
      expect(emptied(text)).toMatch(covers);
    }
  });
});
