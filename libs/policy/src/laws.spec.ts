import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#libs/kernel';
import {
  CallSubject,
  compilePolicy,
  createCallAbility,
  decide,
  explain,
  mayList,
  parsePolicy,
  toolKey,
  toRawRules,
  type AgentFacts,
  type PolicySnapshot,
  type RuleSource,
  type ToolFacts,
} from './index.js';

// Each run draws a rule set and twenty calls. The default takes seconds; P2's millions are for
// POLICY_LAW_RUNS=100000 (run it after a change to the evaluator).
const RUNS = Number(process.env['POLICY_LAW_RUNS'] ?? 300);
const PATIENCE = { timeout: 30_000 + RUNS * 20 };

const tool = (server: string, name: string, rest: Partial<ToolFacts>): ToolFacts => ({
  id: `id-of-${server}-${name}`,
  server,
  name,
  classification: 'write',
  annotations: {},
  inputSchema: { type: 'object' },
  ...rest,
});
const agent = (name: string, team: string, rest: Partial<AgentFacts>): AgentFacts => ({
  id: `id-of-${name}`,
  name,
  team,
  riskTier: 'low',
  tags: [],
  ...rest,
});
const TOOLS = [
  tool('s', 'read', { classification: 'read', annotations: { readOnlyHint: true } }),
  tool('s', 'write', { annotations: { readOnlyHint: 'true', destructiveHint: false } }),
  tool('t', 'read', { classification: 'destructive' }),
];
const AGENTS = [
  agent('one', 'red', { tags: ['x', 'y'] }),
  agent('two', 'red', { riskTier: 'high', tags: ['x'] }),
  agent('three', 'blue', { riskTier: 'high' }),
  agent('four', 'blue', { riskTier: 'high' }),
];

// --- The reference: what docs/policies.md says, read off the source, as slowly as you like. ---

type Three = 'true' | 'false' | 'unknown';
const and = (all: Three[]): Three =>
  all.includes('false') ? 'false' : all.includes('unknown') ? 'unknown' : 'true';
const or = (all: Three[]): Three =>
  all.includes('true') ? 'true' : all.includes('unknown') ? 'unknown' : 'false';
const inverse: Record<Three, Three> = { true: 'false', false: 'true', unknown: 'unknown' };
const bool = (value: boolean): Three => (value ? 'true' : 'false');

function condition(when: JsonObject, args: JsonObject): Three {
  if ('always' in when) return 'true';
  if ('all' in when) return and((when['all'] as JsonObject[]).map((one) => condition(one, args)));
  if ('any' in when) return or((when['any'] as JsonObject[]).map((one) => condition(one, args)));
  if ('not' in when) return inverse[condition(when['not'] as JsonObject, args)];
  const tests = Object.entries(when['arguments'] as JsonObject);
  return and(tests.map(([path, test]) => argument(path, test as JsonObject, args)));
}

function argument(path: string, { absent, ...test }: JsonObject, args: JsonObject): Three {
  const missing = absent === undefined ? 'unknown' : bool(absent === 'matches');
  let value: Json = args;
  for (const key of path.split('.')) {
    if (Object.prototype.toString.call(value) !== '[object Object]') return 'unknown';
    const own: ReadonlyMap<string, Json> = new Map(Object.entries(value as JsonObject));
    if (!own.has(key)) return missing;
    value = own.get(key) ?? null;
  }
  return values(test, value, missing);
}

function values(test: JsonObject, value: Json, whenEmpty: Three): Three {
  const { every, some, ...operators } = test;
  const quantified = (every ?? some) as JsonObject | undefined;
  if (quantified === undefined) {
    return and(Object.entries(operators).map(([name, operand]) => operator(name, operand, value)));
  }
  if (!Array.isArray(value)) return 'unknown';
  const all = value.map((item) => values(quantified, item, 'unknown'));
  if (every === undefined) return or(all);
  return all.length === 0 ? whenEmpty : and(all);
}

function operator(name: string, operand: Json, value: Json): Three {
  const text = typeof value === 'string' ? value : null;
  const number = typeof value === 'number' ? value : null;
  switch (name) {
    case 'eq':
      return typeof value === typeof operand && value !== null
        ? bool(value === operand)
        : 'unknown';
    case 'in': {
      const list = operand as Json[];
      return list.some((one) => typeof one === typeof value) && value !== null
        ? bool(list.includes(value))
        : 'unknown';
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte': {
      if (number === null) return 'unknown';
      if (number === operand) return bool(name.endsWith('e'));
      return bool(number < Number(operand) === name.startsWith('l'));
    }
    case 'startsWith':
      return text === null ? 'unknown' : bool(text.slice(0, String(operand).length) === operand);
    case 'endsWith':
      return text === null ? 'unknown' : bool(text.slice(-String(operand).length) === operand);
    case 'contains':
      return text === null ? 'unknown' : bool(text.split(String(operand)).length > 1);
    case 'matches':
      return text === null ? 'unknown' : bool(new RegExp(String(operand)).test(text));
    default:
      throw new Error(`the reference does not know ${name}`);
  }
}

const any = (names: Json | undefined, has: string[]): boolean =>
  names === undefined || (names as string[]).some((name) => has.includes(name));
const MCP_DEFAULTS: Record<string, boolean> = { readOnlyHint: false, destructiveHint: true };

function selects(rule: RuleSource, one: AgentFacts, other: ToolFacts): boolean {
  const { agents, tools } = rule;
  const hints = Object.entries((tools['annotations'] ?? {}) as JsonObject);
  return (
    any(agents['names'], [one.name]) &&
    any(agents['teams'], [one.team]) &&
    any(agents['tiers'], [one.riskTier]) &&
    any(agents['tags'], [...one.tags]) &&
    any(tools['servers'], [other.server]) &&
    any(tools['names'], [toolKey(other)]) &&
    any(tools['classifications'], [other.classification]) &&
    hints.every(([hint, wanted]) => {
      const claimed = other.annotations[hint];
      return (typeof claimed === 'boolean' ? claimed : MCP_DEFAULTS[hint]) === wanted;
    })
  );
}

function reference(rules: RuleSource[], one: AgentFacts, other: ToolFacts, args: JsonObject) {
  for (const effect of ['deny', 'hold', 'allow'] as const) {
    for (const rule of rules) {
      if (rule.effect !== effect || !selects(rule, one, other)) continue;
      const truth = condition(rule.when, args);
      if (truth === 'true' || (truth === 'unknown' && effect !== 'allow')) {
        return { effect, rule: rule.name };
      }
    }
  }
  return { effect: 'deny' as const, rule: null };
}

// --- What is drawn: few names and values, so that rules and calls meet often. ---

const scalar = fc.constantFrom<(string | number | boolean)[]>(
  'a',
  'ab',
  'b',
  '5',
  5,
  0,
  -1,
  50,
  true,
  false,
);
const nonEmpty = <T>(one: fc.Arbitrary<T>, maxLength = 3) =>
  fc.array(one, { minLength: 1, maxLength });
const subset = <T>(...from: T[]) => fc.subarray(from, { minLength: 1 });
const operators = fc
  .record(
    {
      eq: scalar,
      in: nonEmpty(scalar),
      lt: fc.constantFrom(0, 5, 50),
      lte: fc.constantFrom(0, 5, 50),
      gt: fc.constantFrom(0, 5, 50),
      gte: fc.constantFrom(0, 5, 50),
      startsWith: fc.constantFrom('a', 'b', '5'),
      endsWith: fc.constantFrom('a', 'b', '5'),
      contains: fc.constantFrom('a', 'b'),
      matches: fc.constantFrom('^a', 'b$', '^[0-9]+$', '(a+)+b'),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0)
  .map((one) => Object.fromEntries(Object.entries(one).slice(0, 2)) as JsonObject);
const elementTest = fc.oneof(
  operators,
  fc.record({ some: operators }),
  fc.record({ every: operators }),
);
const test = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: operators },
      fc.record({ every: elementTest }),
      fc.record({ some: elementTest }),
    ),
    fc.constantFrom({}, { absent: 'matches' }, { absent: 'does not match' }),
  )
  .map(([one, absent]) => ({ ...one, ...absent }));
const path = fc.constantFrom('a', 'b', 'c.d', 'constructor', 'length', 'c.d.0', 'list');
const when = fc.letrec<{ one: JsonObject }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc
      .dictionary(path, test, { minKeys: 1, maxKeys: 2 })
      .map((tests) => ({ arguments: { ...tests } })),
    fc.constant({ always: true }),
    nonEmpty(tie('one')).map((all) => ({ all })),
    nonEmpty(tie('one')).map((list) => ({ any: list })),
    tie('one').map((not) => ({ not })),
  ),
})).one;
const optional = (model: Record<string, fc.Arbitrary<Json>>) =>
  fc
    .record(model, { requiredKeys: [] })
    .map((one) => (Object.keys(one).length > 0 ? (one as JsonObject) : { all: true }));
const rule = fc.record({
  effect: fc.constantFrom('allow' as const, 'allow' as const, 'hold' as const, 'deny' as const),
  agents: optional({
    names: subset('one', 'two', 'three', 'four'),
    teams: subset('red', 'blue'),
    tiers: subset('low', 'medium', 'high'),
    tags: subset('x', 'y'),
  }),
  tools: optional({
    servers: subset('s', 't'),
    names: subset('s/read', 's/write', 't/read'),
    classifications: subset('read', 'write', 'destructive'),
    annotations: fc.constantFrom<JsonObject[]>(
      { readOnlyHint: true },
      { destructiveHint: true },
      { readOnlyHint: false },
    ),
  }),
  when,
});
const rules = fc
  .array(rule, { maxLength: 6 })
  .map((list): RuleSource[] =>
    list.map((one, index) => ({ ...one, name: `rule-${index}`, reason: 'Because.' })),
  );
const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.constantFrom<Json[]>(null, [], {}, ['a'], ['a', 5], [['a'], ['b']], { d: 'a' }, '__proto__'),
  fc.array(scalar as fc.Arbitrary<Json>, { maxLength: 3 }),
);
const args = fc.record(
  { a: value, b: value, c: fc.oneof(value, fc.record({ d: value })), list: value },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;
const call = fc.record({
  agent: fc.constantFrom(...AGENTS),
  tool: fc.constantFrom(...TOOLS),
  args,
});
const calls = fc.array(call, { minLength: 20, maxLength: 20 });

function snapshotOf(sources: RuleSource[]): PolicySnapshot {
  const parsed = parsePolicy(JSON.stringify({ rules: sources }), { holdAvailable: true });
  if (parsed.rules === null) throw new Error(JSON.stringify(parsed.problems));
  return compilePolicy(
    [{ policyVersionId: 'v', policyName: 'p', rules: parsed.rules }],
    TOOLS,
    AGENTS,
  );
}
const request = ({
  agent: one,
  tool: other,
  args: given,
}: {
  agent: AgentFacts;
  tool: ToolFacts;
  args: JsonObject;
}) => ({
  agentId: one.id,
  toolId: other.id,
  arguments: given,
});

type Call = Parameters<typeof request>[0];
function holds(law: (snapshot: PolicySnapshot, sources: RuleSource[], one: Call) => void): void {
  const property = fc.property(rules, calls, (sources, drawn) => {
    const snapshot = snapshotOf(sources);
    for (const one of drawn) law(snapshot, sources, one);
  });
  fc.assert(property, { numRuns: RUNS });
}

describe('the laws of deciding', PATIENCE, () => {
  it('agrees with an independent reference on effect and rule (P2)', () => {
    holds((snapshot, sources, one) => {
      const { effect, rule: name } = decide(snapshot, request(one));
      expect({ effect, rule: name }).toEqual(reference(sources, one.agent, one.tool, one.args));
    });
  });

  it('agrees with CASL over the same raw rules', () => {
    fc.assert(
      fc.property(rules, calls, (sources, drawn) => {
        const snapshot = snapshotOf(sources);
        const abilities = new Map(
          AGENTS.map(({ id }) => [id, createCallAbility(toRawRules(snapshot, id))]),
        );
        for (const one of drawn) {
          const decision = decide(snapshot, request(one));
          const ability = abilities.get(one.agent.id);
          const subject = new CallSubject(toolKey(one.tool), one.args);
          expect(ability?.can('call', subject)).toBe(decision.effect === 'allow');
          const deciding = ability?.relevantRuleFor('call', subject)?.conditions;
          expect(deciding?.rule ?? null).toBe(decision.rule);
          expect(deciding?.effect ?? 'deny').toBe(decision.effect);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('never allows more when a deny is added or an allow is removed (P9)', () => {
    fc.assert(
      fc.property(rules, rule, fc.nat(), calls, (sources, extra, at, drawn) => {
        const before = snapshotOf(sources);
        const denied = snapshotOf([
          ...sources,
          { ...extra, effect: 'deny', name: 'added', reason: 'Because.' },
        ]);
        const allows = sources.filter((one) => one.effect === 'allow');
        const removed = allows[at % Math.max(allows.length, 1)];
        const fewer = snapshotOf(sources.filter((one) => one !== removed));
        for (const one of drawn) {
          if (decide(before, request(one)).effect === 'allow') continue;
          expect(decide(denied, request(one)).effect).not.toBe('allow');
          expect(decide(fewer, request(one)).effect).not.toBe('allow');
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('lists a tool whenever some call of it is not denied', () => {
    holds((snapshot, _, one) => {
      const isDenied = decide(snapshot, request(one)).effect === 'deny';
      expect(isDenied || mayList(snapshot, one.agent.id, one.tool.id)).toBe(true);
    });
  });

  it('explains exactly the rules that select the call, with the one that decided', () => {
    holds((snapshot, sources, one) => {
      const considered = explain(snapshot, request(one));
      const selecting = sources.filter((source) => selects(source, one.agent, one.tool));
      const expected = selecting.map((source) => [source.name, condition(source.when, one.args)]);
      expect(considered.map(({ rule: name, result }) => [name, result]).sort()).toEqual(
        expected.sort(),
      );
      const decided = considered.filter((consideration) => consideration.decided);
      const { rule: deciding } = decide(snapshot, request(one));
      expect(decided.map(({ rule: name }) => name)).toEqual(deciding === null ? [] : [deciding]);
    });
  });

  it('answers every request, whatever is handed in (P1)', () => {
    fc.assert(
      fc.property(rules, fc.anything(), (sources, anything) => {
        const given = anything as JsonObject;
        const { effect, code } = decide(snapshotOf(sources), {
          agentId: 'id-of-one',
          toolId: 'id-of-s-read',
          arguments: given,
        });
        expect(['allow', 'hold', 'deny']).toContain(effect);
        expect(code === 'policy_error' && effect !== 'deny').toBe(false);
      }),
      { numRuns: RUNS },
    );
  });
});
