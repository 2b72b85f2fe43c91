import { describe, expect, it } from 'vitest';
import { DomainError, type JsonObject } from '#libs/platform/kernel';
import {
  addRule,
  compilePolicy,
  createCallAbility,
  decide,
  decideWithCasl,
  explain,
  canList,
  parsePolicy,
  toCallRules,
} from '../index.js';
import { bindAll, idOf } from './bind-all.fixture.js';
import { CallSubject } from './casl.js';

const policy = (...rules: string[]) => {
  const items = rules.map(
    (rule, index) =>
      `{ name: r${index}, reason: x, ${/(agents|people):/.test(rule) ? '' : 'agents: { all: true }, '}${rule} }`,
  );
  const text = `rules: [${items.join(',\n  ')}]`;
  const parsed = parsePolicy(text, { holdAvailable: true });
  if (parsed.rules === null) throw new Error(JSON.stringify(parsed.problems));
  return toCallRules(parsed.rules, bindAll(parsed.rules));
};
const tool = (name: string) => ({
  id: name,
  serverId: idOf('s'),
  server: 's',
  name,
  classification: 'read' as const,
  annotations: {},
  inputSchema: {},
});
const agent = (name: string) => ({
  id: name,
  name,
  teamId: idOf('t'),
  riskTier: 'low' as const,
  tags: [],
});
const publish = (...rules: string[]) => [
  { policyVersionId: 'v', policyName: 'p', rules: policy(...rules) },
];
const snapshot = (...rules: string[]) =>
  compilePolicy(publish(...rules), ['a', 'b', 'c', 'd'].map(tool), [agent('one')]);
const NOW = new Date('2030-01-01T00:00:00Z');
const ask = (toolId: string, args: JsonObject = {}) => ({
  agentId: 'one',
  toolId,
  arguments: args,
  now: NOW,
});

describe('decide', () => {
  it('denies what takes too much work to evaluate, and says so (P1)', () => {
    const costly = snapshot(
      'effect: allow, tools: { all: true }, when: { always: true }',
      'effect: deny, tools: { all: true }, when: { arguments: { q: { some: { matches: "^([ab]|[bc]){0,200}z" } } } }',
    );
    const q = Array.from({ length: 1_000 }, () => 'abc'.repeat(300));
    expect(decide(costly, ask('a', { q }))).toMatchObject({ effect: 'deny', code: 'policy_error' });
    expect(decide(costly, ask('a', { q: ['abc'] })).code).toBe('rule');
    expect(explain(costly, ask('a', { q }))[0]).toMatchObject({
      result: 'unknown',
      isDecisive: false,
    });
  });

  it('denies when arguments throw (P1)', () => {
    const some = snapshot(
      'effect: allow, tools: { all: true }, when: { arguments: { q: { eq: 1 } } }',
    );
    const trap = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('trap');
        },
      },
    );
    expect(decide(some, ask('a', trap))).toMatchObject({ effect: 'deny', code: 'policy_error' });
  });

  it('does not depend on the order in which policies are handed in', () => {
    const first = {
      policyVersionId: 'v1',
      policyName: 'a',
      rules: policy('effect: deny, tools: { all: true }, when: { always: true }'),
    };
    const second = { policyVersionId: 'v2', policyName: 'b', rules: first.rules };
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      expect(
        decide(compilePolicy(order, [tool('a')], [agent('one')]), ask('a')).policyVersionId,
      ).toBe('v1');
    }
  });

  it('hands out decisions that nobody can change', () => {
    expect(
      Object.isFrozen(
        decide(snapshot('effect: allow, tools: { all: true }, when: { always: true }'), ask('a')),
      ),
    ).toBe(true);
    expect(Object.isFrozen(decide(snapshot(), ask('a')))).toBe(true);
  });

  it('rejects facts that do not say whom a rule means', () => {
    expect(() => compilePolicy([], [tool('a'), { ...tool('a'), id: 'other' }], [])).toThrow(
      DomainError,
    );
    expect(() => compilePolicy([], [], [agent('one'), { ...agent('two'), id: 'one' }])).toThrow(
      DomainError,
    );
  });
});

describe('deciding for a person', () => {
  const ALLOW = 'effect: allow, tools: { all: true }, when: { always: true }';
  const forPerson = (groups: string[]) => ({ ...ask('a'), person: { groupIds: groups.map(idOf) } });

  it('names whose answer it is, and both answers', () => {
    const some = snapshot(ALLOW, `people: { groups: [staff] }, ${ALLOW}`);
    expect(decide(some, ask('a'))).toMatchObject({
      principal: 'agent',
      agentEffect: 'allow',
      personEffect: null,
    });
    expect(decide(some, forPerson(['staff']))).toMatchObject({
      effect: 'allow',
      rule: 'r0',
      principal: 'agent',
      personEffect: 'allow',
    });
    expect(decide(some, forPerson(['Staff', 'others']))).toMatchObject({
      effect: 'deny',
      code: 'default_deny',
      principal: 'person',
      agentEffect: 'allow',
      personEffect: 'deny',
    });
  });

  it('denies while no rule speaks of people, and says what to ask for', () => {
    const { effect, principal, remedy } = decide(snapshot(ALLOW), forPerson(['staff']));
    expect({ effect, principal }).toEqual({ effect: 'deny', principal: 'person' });
    expect(remedy).toContain('people may do what their agents may');
    expect(canList(snapshot(ALLOW), 'one', 'a', NOW, { groupIds: [] })).toBe(false);
  });

  it('knows no agent and no tool better for a person than without', () => {
    const some = snapshot(ALLOW, `people: { all: true }, ${ALLOW}`);
    const request = forPerson([]);
    expect(decide(some, { ...request, agentId: 'x' }).code).toBe('unknown_agent');
    expect(decide(some, { ...request, toolId: 'x' }).code).toBe('unknown_tool');
  });

  it('answers alike for more sets of rights than it keeps (P8)', () => {
    const groups = Array.from({ length: 1_100 }, (_, index) => `g${index}`);
    const rules = groups.map((group) => `people: { groups: [${group}] }, ${ALLOW}`);
    const some = snapshot(ALLOW, ...rules);
    for (let round = 0; round < 2; round += 1) {
      for (const group of groups) {
        expect(decide(some, forPerson([group])).effect).toBe('allow');
        expect(decide(some, forPerson([`no ${group}`])).effect).toBe('deny');
      }
    }
  });
});

describe('a rule that ends', () => {
  const END = 'expiresAt: "2030-01-01T00:00:00.500Z"';
  const at = (ms: number) => ({ ...ask('a'), now: new Date(Date.UTC(2030, 0, 1) + ms) });

  it('applies before its end and not at it, in whatever order one asks', () => {
    const some = snapshot(`effect: allow, tools: { names: [s/a] }, when: { always: true }, ${END}`);
    for (const [ms, effect] of [
      [499, 'allow'],
      [500, 'deny'],
      [0, 'allow'],
      [501, 'deny'],
    ] as const) {
      expect(decide(some, at(ms)).effect).toBe(effect);
      expect(canList(some, 'one', 'a', at(ms).now)).toBe(effect === 'allow');
    }
  });

  it('is not decided at a moment that is none (P1)', () => {
    const some = snapshot(`effect: allow, tools: { names: [s/a] }, when: { always: true }, ${END}`);
    const never = { ...ask('a'), now: new Date(Number.NaN) };
    expect(decide(some, never)).toMatchObject({ effect: 'deny', code: 'policy_error' });
  });

  it('says that it has ended', () => {
    const some = snapshot(`effect: deny, tools: { names: [s/a] }, when: { always: true }, ${END}`);
    expect(explain(some, at(500))).toMatchObject([
      {
        result: 'false',
        isDecisive: false,
        explanation: 'it expired at 2030-01-01T00:00:00.500Z.',
      },
    ]);
  });
});

describe('canList', () => {
  it('lists what some rule allows or holds and no rule always denies', () => {
    const some = snapshot(
      'effect: allow, tools: { names: [s/a, s/b] }, when: { always: true }',
      'effect: deny, tools: { names: [s/b] }, when: { any: [{ always: true }, { arguments: { x: { eq: 1 } } }] }',
      'effect: hold, tools: { names: [s/c] }, when: { arguments: { x: { eq: 1 } } }',
      'effect: deny, tools: { names: [s/a] }, when: { arguments: { x: { eq: 1 } } }',
      'effect: allow, tools: { names: [s/d] }, when: { not: { always: true } }',
    );
    const listed = ['a', 'b', 'c', 'd', 'unknown'].filter((id) => canList(some, 'one', id, NOW));
    expect(listed).toEqual(['a', 'c']);
    expect(canList(some, 'unknown', 'a', NOW)).toBe(false);
  });
});

describe('explain', () => {
  it('says of each rule what it said and why, without a value of the call', () => {
    const some = snapshot(
      'effect: allow, tools: { all: true }, when: { arguments: { amount: { lte: 100 }, env: { eq: dev } } }',
      'effect: deny, tools: { all: true }, when: { arguments: { to: { some: { endsWith: x } } } }',
      'effect: allow, tools: { names: [s/b] }, when: { always: true }',
    );
    const considered = explain(some, ask('a', { amount: 4711, env: { deep: 'secret-value' } }));
    expect(considered).toEqual([
      {
        principal: 'agent',
        rule: 'r1',
        policyVersionId: 'v',
        effect: 'deny',
        result: 'unknown',
        isDecisive: true,
        explanation:
          'to is missing, and the rule does not say what that means; in doubt a deny applies.',
      },
      {
        principal: 'agent',
        rule: 'r0',
        policyVersionId: 'v',
        effect: 'allow',
        result: 'false',
        isDecisive: false,
        explanation: 'amount fails lte.',
      },
    ]);
    expect(JSON.stringify(considered)).not.toMatch(/4711|secret/);
    expect(explain(some, ask('unknown'))).toEqual([]);
  });
});

describe('the CASL rules', () => {
  const subject = (name: string, args: JsonObject) =>
    new CallSubject('agent', {
      agent: agent('one'),
      person: null,
      tool: tool(name),
      arguments: args,
      now: NOW,
    });

  it('name the registered tool as subject, so a payload cannot choose its type (P5)', () => {
    const published = publish('effect: allow, tools: { names: [s/a] }, when: { always: true }');
    expect(published[0]?.rules).toMatchObject([
      { action: 'call', subject: ['id-of-s/a'], inverted: false },
    ]);
    const ability = createCallAbility(published);
    const payload = { __caslSubjectType__: 'id-of-s/a', toolSubject: 'id-of-s/a' };
    expect(ability.can('call', subject('a', payload))).toBe(true);
    expect(ability.can('call', subject('b', payload))).toBe(false);
  });

  it('do not match what is no call of ours', () => {
    const ability = createCallAbility(
      publish('effect: allow, tools: { all: true }, when: { always: true }'),
    );
    const notOurs = { toolSubject: 'id-of-s/a', args: {}, call: subject('a', {}).call };
    expect(ability.can('call', notOurs as unknown as CallSubject)).toBe(false);
  });

  it('deny what takes too much work to evaluate, and what throws, as the tables do (P1)', () => {
    const costly = publish(
      'effect: allow, tools: { all: true }, when: { always: true }',
      'effect: deny, tools: { all: true }, when: { arguments: { q: { some: { matches: "^([ab]|[bc]){0,200}z" } } } }',
    );
    const q = Array.from({ length: 1_000 }, () => 'abc'.repeat(300));
    const ability = createCallAbility(costly);
    expect(decideWithCasl(ability, subject('a', { q }).call).effect).toBe('deny');
    expect(decideWithCasl(ability, subject('a', { q: ['abc'] }).call).effect).toBe('allow');
  });
});

describe('addRule', () => {
  const TEXT =
    '# Who may pay.\nrules:\n  # the first\n  - name: first # short\n    effect: allow\n    agents: { all: true }\n    tools: { all: true }\n    when: { always: true }\n    reason: >-\n      A long\n      reason.\n\n  # the last words\n';
  const added = {
    name: 'deny-one-s-a',
    effect: 'deny' as const,
    agents: { names: ['one'] },
    tools: { names: ['s/a'] },
    when: { always: true },
    reason: 'Stopped: by "security".',
  };

  it('appends a rule and keeps every line that was there', () => {
    const text = addRule(TEXT, added);
    const lines = text.split('\n');
    for (const line of TEXT.split('\n')) expect(lines).toContain(line);
    const parsed = parsePolicy(text, { holdAvailable: false });
    expect(parsed.rules?.map(({ name }) => name)).toEqual(['first', 'deny-one-s-a']);
    expect(parsed.rules?.[1]?.reason).toBe(added.reason);
  });

  it('appends to an empty policy', () => {
    for (const text of ['rules: []\n', '']) {
      expect(parsePolicy(addRule(text, added), { holdAvailable: false }).rules).toHaveLength(1);
    }
  });

  it('rejects what is no policy', () => {
    for (const text of ['rules: [', '- a', 'rules: 5'])
      expect(() => addRule(text, added)).toThrow(DomainError);
  });
});
