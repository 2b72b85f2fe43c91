import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#libs/platform/kernel';
import { lintPolicy, parsePolicy, type AgentFacts, type ToolFacts } from '../index.js';

const tool = (name: string, properties: JsonObject, rest: JsonObject = {}): ToolFacts => ({
  id: name,
  serverId: '10',
  server: 's',
  name,
  classification: 'write',
  annotations: {},
  inputSchema: { type: 'object', properties, ...rest },
});
const TOOLS: ToolFacts[] = [
  tool(
    'pay',
    {
      amount: { type: 'number' },
      currency: { enum: ['EUR', 'USD'] },
      note: { type: 'string' },
      priority: { type: 'integer', default: 3 },
      to: { type: 'array', items: { type: 'string' } },
      customer: { $ref: '#/$defs/customer' },
      either: { anyOf: [{ type: 'string' }, { type: 'number' }] },
      free: { type: 'object' },
    },
    {
      required: ['amount', 'currency', 'to', 'customer', 'either', 'free'],
      $defs: {
        customer: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
      },
    },
  ),
  tool('other', { amount: { type: 'string' } }, { required: ['amount'] }),
  tool('third', { note: { type: 'string' } }),
];
const AGENTS: AgentFacts[] = [
  { id: '1', name: 'one', teamId: '20', riskTier: 'low', tags: ['x'] },
  { id: '2', name: 'two', teamId: '21', riskTier: 'low', tags: [] },
];

const TEAMS = [
  { id: '20', name: 'red' },
  { id: '21', name: 'blue' },
];

const NOW = new Date('2030-01-01T00:00:00Z');

function lint({
  agents = '{ all: true }',
  tools = '{ names: [s/pay] }',
  when = '{ always: true }',
  effect = 'allow',
  people = '',
  expiresAt = '',
  before = '',
}) {
  const who = people === '' ? `agents: ${agents}` : `people: ${people}`;
  const end = expiresAt === '' ? '' : `, expiresAt: '${expiresAt}'`;
  const text = `rules: [{ name: r, effect: ${effect}, ${who}, tools: ${tools},\n when: ${when}, reason: x${end} }]`;
  const parsed = parsePolicy(text, { holdAvailable: true });
  if (parsed.rules === null) throw new Error(JSON.stringify(parsed.problems));
  const catalog = {
    tools: TOOLS,
    agents: AGENTS,
    groups: [{ id: '30', name: 'staff' }],
    teams: TEAMS,
  };
  return lintPolicy(parsed.rules, catalog, {
    now: NOW,
    ...(before === '' ? {} : { before: parsed.rules.map((rule) => ({ ...rule, name: before })) }),
  }).problems;
}
const argument = (test: string, tools?: string) =>
  lint({ when: `{ arguments: { ${test} } }`, ...(tools === undefined ? {} : { tools }) });

describe('lintPolicy', () => {
  it('finds nothing wrong with good rules', () => {
    expect(lint({})).toEqual([]);
    expect(argument('amount: { gt: 1, lt: 5 }, currency: { in: [EUR] }')).toEqual([]);
    expect(argument('note: { eq: a, absent: matches }')).toEqual([]);
    expect(argument('customer.id: { startsWith: c }')).toEqual([]);
    expect(argument('to: { every: { endsWith: x } }')).toEqual([]);
    expect(argument('either: { eq: 5 }')).toEqual([]);
    expect(argument('free.anything: { eq: 5, absent: does not match }')).toEqual([]);
    expect(argument('to: { length: { lte: 5 } }')).toEqual([]);
    expect(argument('customer.id: { length: { gt: 3, lt: 5 } }')).toEqual([]);
    expect(argument('currency: { eq: eur, ignoreCase: true }')).toEqual([]);
    expect(argument('customer.id: { host: { eq: a.test } }')).toEqual([]);
    expect(argument('to: { every: { domain: { eq: a.test } } }')).toEqual([]);
    const parts =
      '[{ arguments: { customer.id: { in: [AB], ignoreCase: true } } }, { arguments: { customer.id: { startsWith: a } } }]';
    expect(lint({ when: `{ all: ${parts} }` })).toEqual([]);
  });

  it('takes an optional argument with a default for present', () => {
    expect(argument('priority: { lt: 5 }')).toEqual([]);
  });

  it.each([
    ['an unknown agent', { agents: '{ names: [one, onee] }' }, /no agent `onee`/],
    ['an unknown team', { agents: '{ teams: [green] }' }, /no team `green`/],
    ['an unknown tag', { agents: '{ tags: [y] }' }, /`y`/],
    ['an unknown tool server', { tools: '{ servers: [z] }' }, /no tool server `z`/],
    ['an unknown tool', { tools: '{ names: [s/pey] }' }, /no tool `s\/pey`/],
    [
      'agents that cannot be',
      { agents: '{ names: [one], teams: [blue] }' },
      /never match: no agent/,
    ],
    [
      'tools that cannot be',
      { tools: '{ names: [s/pay], classifications: [read] }' },
      /never match: no tool/,
    ],
    ['an unknown group', { people: '{ groups: [staff, staf] }' }, /no group `staf`/],
    [
      'an end that has passed',
      { expiresAt: '2029-12-31T23:59:59Z' },
      /expired at 2029-12-31T23:59:59/,
    ],
    [
      'an end that is now',
      { expiresAt: '2030-01-01T01:00:00+01:00' },
      /expired at 2030-01-01T00:00/,
    ],
    [
      'an end that has passed, of a rule that is new',
      { expiresAt: '2029-12-31T00:00:00Z', before: 'another' },
      /expired at/,
    ],
    ['a condition that is never true', { when: '{ not: { always: true } }' }, /never true/],
  ])('rejects %s', (_, changes, message) => {
    const problems = lint(changes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', rule: 'r' });
    expect(problems[0]?.message).toMatch(message);
  });

  it('takes rules for people, and an end to come', () => {
    expect(lint({ people: '{ all: true }' })).toEqual([]);
    expect(lint({ people: '{ groups: [staff] }', effect: 'deny' })).toEqual([]);
    expect(lint({ expiresAt: '2030-01-01T00:00:01Z' })).toEqual([]);
  });

  it('only warns of an ended rule that was in force before, so that it bars no other change', () => {
    expect(lint({ expiresAt: '2029-12-31T00:00:00Z', before: 'r' })).toMatchObject([
      { severity: 'warning' },
    ]);
  });

  it.each(['deny', 'hold'])('warns that a %s with an end leaves nothing behind', (effect) => {
    expect(lint({ expiresAt: '2030-02-01T00:00:00Z', effect })).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('is then allowed') as string },
    ]);
  });

  it('only warns of kinds that nobody is of today', () => {
    expect(lint({ agents: '{ tiers: [high] }' })).toMatchObject([
      { severity: 'warning', message: 'The rule selects no agent today.' },
    ]);
  });

  it.each([
    [
      'an argument that the tool does not have',
      'amont: { gt: 1 }',
      /`amont` is not an argument of `s\/pay`/,
    ],
    ['a nested one', 'customer.name: { eq: a }', /not an argument/],
    ['silence about a missing argument', 'note: { eq: a }', /may be missing .* say `absent/],
    ['numbers against text', 'customer.id: { gt: 5 }', /another type/],
    ['text against numbers', 'amount: { startsWith: a }', /another type/],
    ['eq of the wrong type', 'amount: { eq: "5" }', /another type/],
    ['in of the wrong type', 'amount: { in: [a, b] }', /another type/],
    ['a value that the schema excludes', 'currency: { eq: GBP }', /declares other values/],
    ['a scalar test of an array', 'to: { eq: a }', /say `every` or `some`/],
    ['elements of the wrong type', 'to: { some: { gt: 5 } }', /another type/],
    ['every of a scalar', 'amount: { every: { gt: 5 } }', /is for arrays/],
    ['limits that exclude each other', 'amount: { lt: 1, gt: 5 }', /both limits/],
    ['limits that leave nothing', 'amount: { lt: 5, gte: 5 }', /both limits/],
    ['a value outside its own limit', 'amount: { eq: 5, gt: 5 }', /no listed value/],
    ['values outside their own limit', 'amount: { in: [1, 2], gt: 5 }', /no listed value/],
    ['operators of two types', 'either: { gt: 5, startsWith: a }', /different types/],
    ['a length of a number', 'amount: { length: { lt: 5 } }', /another type/],
    ['a host of a number', 'amount: { host: { eq: a.test } }', /another type/],
    ['a domain of an array', 'to: { domain: { eq: a.test } }', /say `every` or `some`/],
    ['lengths that exclude each other', 'to: { length: { gt: 3, lt: 4 } }', /no length/],
    ['a length below nothing', 'to: { length: { lt: 0 } }', /no length/],
    [
      'a text outside its own length',
      'customer.id: { eq: a, length: { gt: 1 } }',
      /no listed value/,
    ],
    [
      'a limit beside a length of text',
      'either: { lt: 5, host: { eq: a.test } }',
      /different types/,
    ],
    [
      'a value that the schema excludes in any case',
      'currency: { eq: gbp, ignoreCase: true }',
      /declares other values/,
    ],
    ['a contradiction inside every', 'to: { every: { eq: a, startsWith: b } }', /no listed value/],
  ])('rejects %s', (_, test, message) => {
    const problems = argument(test).filter(({ severity }) => severity === 'error');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: 2, rule: 'r' });
    expect(problems[0]?.message).toMatch(message);
  });

  it('rejects contradictions across the parts of "all", not of "any"', () => {
    const parts = '[{ arguments: { amount: { lt: 1 } } }, { arguments: { amount: { gt: 5 } } }]';
    expect(lint({ when: `{ all: ${parts} }` })).toHaveLength(1);
    expect(lint({ when: `{ any: ${parts} }` })).toEqual([]);
  });

  it('holds a rule over several tools against each of them', () => {
    expect(argument('amount: { lt: 5 }', '{ names: [s/pay, s/other] }')[0]?.message).toContain(
      '`s/other`',
    );
  });

  it('lets "absent" speak for tools that do not have the argument', () => {
    const everyTool = '{ servers: [s] }';
    expect(argument('note: { eq: a }', everyTool).length).toBeGreaterThan(0);
    expect(argument('note: { eq: a, absent: does not match }', everyTool)).toEqual([]);
    expect(argument('nowhere: { eq: a, absent: matches }', everyTool).length).toBeGreaterThan(0);
  });

  describe('warns of a pattern', () => {
    const warnings = (pattern: string, effect: string, isNegated = false): string[] => {
      const test = `{ arguments: { customer.id: { matches: '${pattern}' } } }`;
      const when = isNegated ? `{ not: ${test} }` : test;
      return lint({ when, effect }).map(({ severity, message }) => `${severity}: ${message}`);
    };

    it.each([
      ['c-[0-9]+'],
      ['^dev|prod$'],
      ['(^dev$|x)'],
      ['^dev\\$'],
      ['^dev[$]'],
      ['^dev|^prod'],
    ])('that permits and is not the whole text: %s', (pattern) => {
      expect(warnings(pattern, 'allow')).toEqual([expect.stringMatching(/^warning: .*anywhere/)]);
      expect(warnings(pattern, 'deny', true)).toEqual([
        expect.stringMatching(/^warning: .*anywhere/),
      ]);
    });

    it.each([['^c-[0-9]+$'], ['(?i)^c$'], ['^a$|^b$'], ['\\Aab\\z'], ['^(a|b)$'], ['^[|]$']])(
      'that permits, but not of %s',
      (pattern) => {
        expect(warnings(pattern, 'allow')).toEqual([]);
        expect(warnings(pattern, 'deny', true)).toEqual([]);
      },
    );

    it.each([['^rm '], ['prod$'], ['^prod$'], ['(?i)^drop']])(
      'that rejects and is escaped by a space or a line break: %s',
      (pattern) => {
        expect(warnings(pattern, 'deny')).toEqual([
          expect.stringMatching(/^warning: .*escapes.*line break/),
        ]);
        expect(warnings(pattern, 'allow', true)).toEqual([
          expect.stringMatching(/^warning: .*escapes.*line break/),
        ]);
      },
    );

    it('that rejects, but not without anchors', () => {
      expect(warnings('c-[0-9]+', 'deny')).toEqual([]);
      expect(warnings('a\\$', 'deny')).toEqual([]);
    });

    it.each([['^.{101,}$'], ['.{101,}'], ['^.+$']])('that only counts: %s', (pattern) => {
      expect(warnings(pattern, 'deny')).toEqual([
        expect.stringMatching(/^warning: .*`length` says that/),
      ]);
    });

    it('whose flags let a line break through', () => {
      expect(warnings('(?m)^ok$', 'allow')).toEqual([
        expect.stringMatching(/^warning: With `\(\?m\)`/),
      ]);
      expect(warnings('(?-s)a.{101,}', 'deny')).toEqual([
        expect.stringMatching(/^warning: With `\(\?-s\)`/),
      ]);
      expect(warnings('(?i-s:a.{101,})', 'deny')).toEqual([
        expect.stringMatching(/^warning: With `\(\?-s\)`/),
      ]);
    });
  });
});
