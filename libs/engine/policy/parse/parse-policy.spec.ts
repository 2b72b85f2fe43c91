import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../index.js';

const rule = (changes: Record<string, string | null> = {}): string => {
  const keys: Record<string, string | null> = {
    name: 'r',
    effect: 'allow',
    agents: '{ all: true }',
    tools: '{ all: true }',
    when: '{ always: true }',
    reason: 'Because.',
    ...changes,
  };
  const lines = Object.entries(keys).filter(([, value]) => value !== null);
  return `rules:\n  - ${lines.map(([key, value]) => `${key}: ${value}`).join('\n    ')}\n`;
};
const parse = (text: string, holdAvailable = true) => parsePolicy(text, { holdAvailable });
const messages = (text: string) => parse(text).problems.map((problem) => problem.message);
const when = (condition: string) => rule({ when: condition });
const test = (operators: string) => when(`{ arguments: { a: ${operators} } }`);

describe('parsePolicy', () => {
  it('reads a whole rule', () => {
    const text = rule({
      agents: '{ names: [a], tiers: [high] }',
      tools: '{ names: [s/t], annotations: { readOnlyHint: true } }',
      when: '{ arguments: { "a.b": { gt: 1, lte: 5, absent: matches } } }',
      remedy: 'Ask.',
    });
    expect(parse(text)).toMatchObject({
      problems: [],
      rules: [
        {
          name: 'r',
          effect: 'allow',
          agents: { names: ['a'], teams: null, tiers: ['high'], tags: null },
          tools: { servers: null, names: ['s/t'], annotations: { readOnlyHint: true } },
          when: {
            kind: 'arguments',
            tests: [
              {
                segments: ['a', 'b'],
                absent: 'matches',
                test: {
                  kind: 'checks',
                  checks: [
                    { operator: 'gt', operand: 1 },
                    { operator: 'lte', operand: 5 },
                  ],
                },
              },
            ],
          },
          remedy: 'Ask.',
          people: null,
          expiresAtMs: null,
          at: { line: 2, column: 5 },
        },
      ],
    });
  });

  it('reads whom it applies to, and when it expires', () => {
    const text = rule({ agents: null, people: '{ groups: [Sales Team] }' });
    expect(parse(text).rules).toMatchObject([{ agents: null, people: { groups: ['Sales Team'] } }]);
    expect(parse(rule({ agents: null, people: '{ all: true }' })).rules).toMatchObject([
      { people: { groups: null } },
    ]);
    for (const expiresAt of ['2030-01-31T17:00:00Z', '"2030-01-31T18:00:00.000+01:00"']) {
      expect(parse(rule({ expiresAt })).rules?.[0]?.expiresAtMs).toBe(Date.UTC(2030, 0, 31, 17));
    }
  });

  it('reads lengths, case, hosts and domains, the names as they are compared', () => {
    const read = (operators: string) => parse(test(operators)).rules?.[0]?.when;
    const checks = (...list: object[]) => ({ tests: [{ test: { checks: list } }] });
    expect(read('{ length: { gte: 1, lt: 5 } }')).toMatchObject(
      checks({ operator: 'length', operand: { gte: 1, lt: 5 } }),
    );
    expect(read('{ in: [a, B], contains: c, ignoreCase: true }')).toMatchObject(
      checks(
        { operator: 'in', operand: ['a', 'B'], ignoreCase: true },
        { operator: 'contains', operand: 'c', ignoreCase: true },
      ),
    );
    expect(read('{ host: { in: [Example.TEST., "[::0:1]", Bücher.test] } }')).toMatchObject(
      checks({
        operator: 'host',
        operand: { in: ['example.test', '[::1]', 'xn--bcher-kva.test'] },
      }),
    );
    expect(read('{ domain: { eq: A.test, endsWith: .A.test } }')).toMatchObject(
      checks({ operator: 'domain', operand: { eq: 'a.test', endsWith: '.a.test' } }),
    );
  });

  it('says line, column and rule of a problem', () => {
    expect(parse(test('{ lte: "5" }')).problems).toEqual([
      {
        line: 6,
        column: 36,
        severity: 'error',
        rule: 'r',
        message: '`lte` compares numbers only.',
      },
    ]);
  });

  it('reports the problems of all rules at once', () => {
    const two =
      rule({ effect: 'permit' }) + rule({ name: 'q', reason: null }).slice('rules:\n'.length);
    expect(messages(two)).toEqual([
      '`effect` must be `allow`, `hold` or `deny`.',
      'A rule needs `reason`.',
    ]);
  });

  it('takes a policy without rules, which allows nothing', () => {
    expect(parse('rules: []')).toEqual({ rules: [], problems: [] });
  });

  it('rejects hold while approvals are not there', () => {
    const text = rule({ effect: 'hold' });
    expect(parse(text, true).problems).toEqual([]);
    expect(parse(text, false).problems[0]?.message).toContain(
      'approvals are not available in this version',
    );
  });

  it.each([
    ['no text', '', /must be a mapping/],
    ['a list', '- a', /must be a mapping/],
    ['no rules', '{}', /must not be empty/],
    ['rules: null', 'rules:', /must be a list/],
    ['an unknown top-level key', `${rule()}people: agents\n`, /no key `people`/],
    ['broken YAML', 'rules: [', /./],
    ['two documents', `${rule()}---\n${rule()}`, /document/i],
    ['YAML 1.1', `%YAML 1.1\n---\n${rule()}`, /YAML 1\.2/],
    ['a key written twice', `${rule()}    name: q\n`, /key `name` twice/],
    ['a key of the policy written twice', `${rule()}${rule()}`, /key `rules` twice/],
    [
      'an argument tested twice',
      when('{ arguments: { a: { eq: 1 }, a: { eq: 2 } } }'),
      /`a` twice/,
    ],
    ['an operator written twice', when('{ arguments: { a: { eq: 1, eq: 2 } } }'), /`eq` twice/],
    ['text nested without end', `rules: ${'['.repeat(10_000)}`, /nested too deeply/],
    ['a name used twice', rule() + rule().slice('rules:\n'.length), /already named `r`/],
    ['a name with capitals', rule({ name: 'Rule' }), /named with 1 to 64/],
    ['no when', rule({ when: null }), /needs `when`/],
    ['an unknown key of a rule', rule({ priority: '1' }), /no key `priority`/],
    ['an empty reason', rule({ reason: '" "' }), /must not be empty/],
    ['a reason of 501 characters', rule({ reason: 'x'.repeat(501) }), /at most 500/],
    ['agents: null', rule({ agents: '' }), /must be a mapping/],
    ['agents: {}', rule({ agents: '{}' }), /must not be empty/],
    ['all beside names', rule({ agents: '{ all: true, names: [a] }' }), /stands alone/],
    ['agents and people', rule({ people: '{ all: true }' }), /`agents` or `people`, never both/],
    ['neither agents nor people', rule({ agents: null }), /needs `agents` or `people`/],
    ['people: {}', rule({ agents: null, people: '{}' }), /must not be empty/],
    ['people: null', rule({ agents: null, people: '' }), /must be a mapping/],
    [
      'everybody beside groups',
      rule({ agents: null, people: '{ all: true, groups: [a] }' }),
      /stands alone/,
    ],
    ['no group', rule({ agents: null, people: '{ groups: [] }' }), /1 to 1000/],
    ['people by name', rule({ agents: null, people: '{ names: [ann] }' }), /no key `names`/],
    ['expiresAt: nothing', rule({ expiresAt: '' }), /must not be empty or null/],
    ['expiresAt a number', rule({ expiresAt: '1893456000' }), /must be text/],
    ['expiresAt a day', rule({ expiresAt: '2030-01-31' }), /time zone/],
    ['expiresAt no zone', rule({ expiresAt: '2030-01-31T17:00:00' }), /time zone/],
    ['expiresAt a day that is not', rule({ expiresAt: '2030-02-30T17:00:00Z' }), /RFC 3339/],
    ['expiresAt in words', rule({ expiresAt: 'tomorrow' }), /RFC 3339/],
    [
      'expiresAt far too long',
      rule({ expiresAt: `2030-01-31T17:00:00.${'0'.repeat(50)}Z` }),
      /at most 40/,
    ],
    ['all: false', rule({ agents: '{ all: false }' }), /can only be true/],
    ['an empty list of names', rule({ agents: '{ names: [] }' }), /1 to 1000/],
    [
      'one rejected key beside a good one',
      rule({ agents: '{ names: [a], tags: [] }' }),
      /1 to 1000/,
    ],
    ['an unknown tier', rule({ agents: '{ tiers: [huge] }' }), /`low`, `medium` or `high`/],
    ['an unknown annotation', rule({ tools: '{ annotations: { safe: true } }' }), /no key `safe`/],
    [
      'an annotation that is text',
      rule({ tools: '{ annotations: { readOnlyHint: "true" } }' }),
      /true or false/,
    ],
    ['an alias', `${rule({ tools: '&t { all: true }' })}  - *t\n`, /Aliases/],
    ['an unknown tag', rule({ name: '!js r' }), /tag/i],
  ])('rejects %s', (_, text, message) => {
    expect(parse(text).rules).toBeNull();
    expect(messages(text).join('\n')).toMatch(message);
  });

  it.each([
    ['an empty condition', when('{}'), /must not be empty/],
    ['null', when(''), /must be a mapping/],
    ['two kinds at once', when('{ always: true, not: { always: true } }'), /exactly one/],
    ['an unknown kind', when('{ sometimes: true }'), /no key `sometimes`/],
    ['always: false', when('{ always: false }'), /can only be true/],
    ['all: []', when('{ all: [] }'), /at least one/],
    ['any with an empty part', when('{ any: [{ always: true }, {}] }'), /must not be empty/],
    ['not: null', when('{ not: }'), /must be a mapping/],
    ['arguments: {}', when('{ arguments: {} }'), /must not be empty/],
    ['an empty path segment', when('{ arguments: { "a..b": { eq: 1 } } }'), /dotted path/],
    [
      'nesting without end',
      when('{ not: '.repeat(20) + '{ always: true }' + ' }'.repeat(20)),
      /16 deep/,
    ],
    ['an empty test', test('{}'), /must not be empty/],
    ['a bare value as a test', test('5'), /must be a mapping/],
    ['a test that only says absent', test('{ absent: matches }'), /at least one operator/],
    ['absent: yes', test('{ eq: 1, absent: yes }'), /`matches` or `does not match`/],
    ['an unknown operator', test('{ $gt: 1 }'), /no key `\$gt`/],
    ['eq: null', test('{ eq: null }'), /must not be empty or null/],
    ['eq: nothing', test('{ eq: }'), /must not be empty or null/],
    ['eq: a list', test('{ eq: [1] }'), /must be text, a number/],
    ['in: []', test('{ in: [] }'), /1 to 1000/],
    ['in with null', test('{ in: [a, null] }'), /must not be empty or null/],
    ['lt: text', test('{ lt: "5" }'), /numbers only/],
    ['a number that is none', test('{ lt: .nan }'), /compared exactly/],
    ['an endless number', test('{ lt: .inf }'), /compared exactly/],
    ['a number beyond exactness', test('{ eq: 9007199254740993 }'), /compared exactly/],
    ['a decimal next to 2^53', test('{ lte: 9007199254740991.4 }'), /compared exactly/],
    ['more digits than a double has', test('{ in: [0.1234567890123456789] }'), /compared exactly/],
    ['less than any double', test('{ gt: 1e-400 }'), /compared exactly/],
    ['an empty prefix, which everything has', test('{ startsWith: "" }'), /must not be empty/],
    ['a prefix that is a number', test('{ startsWith: 5 }'), /must be text/],
    ['a broken pattern', test('{ matches: "(" }'), /rejected/],
    ['a pattern that looks ahead', test('{ matches: "(?=a)b" }'), /linear-time/],
    ['a pattern that refers back', test('{ matches: "(a)\\\\1" }'), /linear-time/],
    ['a pattern of 501 characters', test(`{ matches: "${'a'.repeat(501)}" }`), /at most 500/],
    ['a pattern that multiplies', test(`{ matches: "${'a{1000}'.repeat(50)}" }`), /too large/],
    ['a length that is no mapping', test('{ length: 5 }'), /must be a mapping/],
    ['an empty length', test('{ length: {} }'), /must not be empty/],
    ['a length of another operator', test('{ length: { in: [1] } }'), /no key `in`/],
    ['a length that is no whole number', test('{ length: { lt: 1.5 } }'), /whole number/],
    ['a length below nothing', test('{ length: { lt: -1 } }'), /whole number/],
    ['a length that is text', test('{ length: { lt: "5" } }'), /whole number/],
    ['ignoreCase alone', test('{ ignoreCase: true }'), /at least one operator/],
    ['ignoreCase: false', test('{ eq: a, ignoreCase: false }'), /can only be true/],
    ['ignoreCase beside a number', test('{ eq: 5, ignoreCase: true }'), /with texts/],
    ['ignoreCase beside true', test('{ in: [a, true], ignoreCase: true }'), /with texts/],
    ['ignoreCase beside a limit', test('{ lt: 5, ignoreCase: true }'), /with texts/],
    ['ignoreCase beside a length', test('{ length: { lt: 5 }, ignoreCase: true }'), /with texts/],
    ['ignoreCase beside a pattern', test('{ matches: "^a$", ignoreCase: true }'), /`\(\?i\)`/],
    ['ignoreCase beside a host', test('{ host: { eq: a }, ignoreCase: true }'), /with texts/],
    ['ignoreCase beside every', test('{ every: { eq: a }, ignoreCase: true }'), /inside it/],
    ['a host that is text', test('{ host: example.test }'), /must be a mapping/],
    ['an empty host', test('{ host: {} }'), /must not be empty/],
    ['a host with a scheme', test('{ host: { eq: "https://a.test" } }'), /is not a host/],
    ['a host with a port', test('{ host: { in: ["a.test:80"] } }'), /is not a host/],
    ['a host of numbers', test('{ host: { eq: "127.1" } }'), /is not a host/],
    ['a host by a pattern', test('{ host: { matches: "^a" } }'), /no key `matches`/],
    ['an end of a host without its dot', test('{ host: { endsWith: a.test } }'), /with a dot/],
    ['a domain with an @', test('{ domain: { eq: "@a.test" } }'), /is not a domain/],
    ['a domain that is an IP address', test('{ domain: { eq: 10.0.0.1 } }'), /is not a domain/],
    ['no domain', test('{ domain: { in: [] } }'), /1 to 1000/],
    ['every beside an operator', test('{ every: { eq: 1 }, eq: 1 }'), /exactly one of/],
    ['every beside some', test('{ every: { eq: 1 }, some: { eq: 1 } }'), /exactly one of/],
    ['an empty every', test('{ every: {} }'), /must not be empty/],
    ['absent inside every', test('{ every: { eq: 1, absent: matches } }'), /no key `absent`/],
  ])('rejects a condition: %s (P4)', (_, text, message) => {
    expect(parse(text).rules).toBeNull();
    expect(messages(text).join('\n')).toMatch(message);
  });

  it('survives hostile texts', () => {
    const bomb = 'a: &a [x]\n' + 'b: [*a, *a, *a]\n'.repeat(1000);
    for (const text of [
      '['.repeat(100_000),
      'a: '.repeat(10_000),
      bomb,
      '\0',
      '\ufeff',
      'x'.repeat(1_000_001),
    ]) {
      const { rules, problems } = parse(text);
      expect(rules).toBeNull();
      expect(problems.length).toBeLessThanOrEqual(100);
    }
  });

  it('never compares each key with each', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `key${index}: 1`).join('\n');
    const before = process.cpuUsage();
    expect(parse(text).rules).toBeNull();
    // Pair by pair it takes ten seconds of CPU.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000);
  });

  it('reads words and dates as text, and only true and false as such', () => {
    const text = test('{ in: [yes, 2026-11-22, 0x10, true] }');
    const [first] = parse(text).rules ?? [];
    expect(first?.when).toMatchObject({
      tests: [{ test: { checks: [{ operand: ['yes', '2026-11-22', 16, true] }] } }],
    });
  });
});
