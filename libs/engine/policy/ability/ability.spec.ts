import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#libs/platform/kernel';
import {
  compileAbility,
  compilePolicy,
  packAbility,
  parsePolicy,
  toCallRules,
  type PackedAbility,
} from '../index.js';
import { bindAll, idOf } from '../evaluate/bind-all.fixture.js';
import type { Advice } from './compile-ability.js';

const NOW = new Date('2030-01-01T00:00:00Z');
const ALLOW = 'effect: allow, agents: { all: true }';
const ALWAYS = 'when: { always: true }';

interface Given {
  rules: string[];
  /** By the tool's name. */
  schemas?: Record<string, JsonObject>;
  blocked?: string[];
  isForPerson?: boolean;
}

const pack = ({ rules, schemas = { pay: {} }, blocked = [], isForPerson = false }: Given) => {
  const text = `rules: [${rules.map((rule, i) => `{ name: secret-${i}, reason: secret, ${rule} }`).join(',')}]`;
  const parsed = parsePolicy(text, { holdAvailable: true });
  if (parsed.rules === null) throw new Error(JSON.stringify(parsed.problems));
  const tools = Object.entries(schemas).map(([name, inputSchema]) => ({
    id: `id-of-${name}`,
    serverId: idOf('s'),
    server: 's',
    name,
    classification: 'read' as const,
    annotations: {},
    inputSchema,
    isBlocked: blocked.includes(name),
  }));
  const agent = {
    id: 'id',
    name: 'secret',
    teamId: idOf('secret'),
    riskTier: 'low' as const,
    tags: [],
  };
  const published = [
    {
      policyVersionId: 'secret',
      policyName: 'secret',
      rules: toCallRules(parsed.rules, bindAll(parsed.rules)),
    },
  ];
  const snapshot = compilePolicy(published, tools, [agent]);
  return packAbility(snapshot, { agentId: 'id', tools, isForPerson, now: NOW });
};
const advise = (ability: PackedAbility, args: JsonObject = {}, tool = 'pay', now = NOW): Advice =>
  compileAbility(ability)({ server: 's', tool, arguments: args, now });

describe('a packed ability', () => {
  it('says nothing of names, reasons, selectors and ends', () => {
    const ability = pack({
      rules: [
        `${ALLOW}, tools: { servers: [s] }, when: { arguments: { amount: { lte: 5, absent: matches } } }, remedy: secret`,
        `effect: deny, agents: { teams: [secret] }, tools: { all: true }, when: { not: { arguments: { to: { every: { endsWith: x } } } } }, expiresAt: 2031-01-01T00:00:00Z`,
        `effect: deny, people: { groups: [secret] }, tools: { all: true }, ${ALWAYS}`,
        `effect: deny, agents: { names: [secret-other] }, tools: { all: true }, ${ALWAYS}`,
      ],
    });
    expect(ability.rules).toEqual([
      ['call', 's/pay', { when: { arguments: { amount: { lte: 5, absent: 'matches' } } } }],
      ['call', 's/pay', { when: { not: { arguments: { to: { every: { endsWith: 'x' } } } } } }, 1],
    ]);
    expect(JSON.stringify(ability)).not.toMatch(/secret|2031/);
  });

  it('expires after a minute, or when the first of its rules ends', () => {
    const rule = `${ALLOW}, tools: { all: true }, ${ALWAYS}`;
    const minute = pack({ rules: [rule] });
    expect(minute.expiresAt).toBe('2030-01-01T00:01:00.000Z');
    const ends = pack({ rules: [`${rule}, expiresAt: 2030-01-01T00:00:10Z`] });
    const at = (ms: number) => advise(ends, {}, 'pay', new Date(NOW.getTime() + ms));
    expect([at(0), at(9_999), at(10_000), at(Number.NaN)]).toEqual([
      'allow',
      'allow',
      'ask',
      'ask',
    ]);
  });

  it('asks about an argument that the schema may fill in, and about no other', () => {
    const limit = (name: string) =>
      `${ALLOW}, tools: { all: true }, when: { arguments: { ${name}: { lte: 5, absent: matches } } }`;
    const property = { type: 'object', properties: { amount: { default: 9 }, other: {} } };
    const elsewhere = { allOf: [{ properties: { amount: { default: 9 } } }], properties: {} };
    const referred = {
      properties: { source: { $ref: '#/properties/amount' }, ...property.properties },
    };
    const under = (schema: JsonObject, name: string) =>
      advise(pack({ rules: [limit(name)], schemas: { pay: schema } }));
    expect(under(property, 'amount')).toBe('ask');
    expect(under(property, 'amount.cents')).toBe('ask');
    expect(under(property, 'other')).toBe('allow');
    expect(under(elsewhere, 'other')).toBe('ask');
    expect(under(referred, 'source.cents')).toBe('ask');
    expect(under(referred, 'other')).toBe('allow');
    const always = pack({
      rules: [`${ALLOW}, tools: { all: true }, ${ALWAYS}`],
      schemas: { pay: property },
    });
    expect(advise(always)).toBe('allow');
  });

  it('denies what a kill switch stops, and that tool only', () => {
    const ability = pack({
      rules: [`${ALLOW}, tools: { all: true }, ${ALWAYS}`],
      schemas: { pay: {}, look: {} },
      blocked: ['pay'],
    });
    expect([advise(ability), advise(ability, {}, 'look')]).toEqual(['deny', 'allow']);
  });

  it('keeps names with commas and percent signs apart', () => {
    const ability = pack({
      rules: [`${ALLOW}, tools: { names: ["s/a,s/b", "s/c%2C"] }, ${ALWAYS}`],
      schemas: { 'a,s/b': {}, a: {}, b: {}, 'c%2C': {}, 'c,': {} },
    });
    const said = ['a,s/b', 'a', 'b', 'c%2C', 'c,'].map((tool) => advise(ability, {}, tool));
    expect(said).toEqual(['allow', 'deny', 'deny', 'allow', 'deny']);
  });

  it('has a bound: a tool whose rules do not fit is asked about', () => {
    const big = Array.from({ length: 400 }, (_, i) => `"${String(i).padStart(450, 'x')}"`);
    const rule = (tool: string) =>
      `${ALLOW}, tools: { names: [s/${tool}] }, when: { arguments: { q: { in: [${big.join(',')}] } } }`;
    const ability = pack({
      rules: [rule('a'), rule('b'), `${ALLOW}, tools: { names: [s/c] }, ${ALWAYS}`],
      schemas: { a: {}, b: {}, c: {} },
    });
    expect(JSON.stringify(ability).length).toBeLessThan(300_000);
    const said = ['a', 'b', 'c'].map((tool) => advise(ability, {}, tool));
    expect(said).toEqual(['deny', 'ask', 'allow']);
  });

  it('asks where it does not understand a rule', () => {
    const of = (conditions: JsonObject, inverted: 0 | 1): PackedAbility => ({
      rules: [
        ['call', 's/pay'],
        ['call', 's/pay', conditions, inverted],
      ] as unknown as PackedAbility['rules'],
      expiresAt: '2031-01-01T00:00:00Z',
    });
    for (const conditions of [
      { when: { arguments: { a: { soundsLike: 'b' } } } },
      { when: {} },
      { when: null },
      { when: { always: true }, moon: 'full' },
      { amount: { $lte: 5 } },
    ]) {
      expect(advise(of(conditions, 1))).toBe('ask');
    }
    expect(advise({ rules: [], expiresAt: 'never' })).toBe('ask');
  });

  it('denies what costs more to evaluate than a call may, as the gateway does', () => {
    const ability = pack({
      rules: [
        `${ALLOW}, tools: { all: true }, ${ALWAYS}`,
        'effect: deny, agents: { all: true }, tools: { all: true }, when: { arguments: { q: { some: { matches: "^([ab]|[bc]){0,200}z" } } } }',
      ],
    });
    const q = Array.from({ length: 1_000 }, () => 'abc'.repeat(300));
    expect(advise(ability, { q })).toBe('deny');
    expect(advise(ability, { q: ['abc'] })).toBe('allow');
  });
});
