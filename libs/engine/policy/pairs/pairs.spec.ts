import { propertyRuns } from '#libs/dev/property-runs';
import type { JsonObject } from '#libs/platform/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toolSubject } from '../compile/facts.js';
import { bindAll, idOf } from '../evaluate/bind-all.fixture.js';
import type { ReferenceCall } from '../evaluate/reference.fixture.js';
import { AGENTS, calls, MOMENTS, rules, TOOLS } from '../evaluate/arbitraries.fixture.js';
import {
  CallablePairs,
  canList,
  comparePairs,
  compilePolicy,
  decide,
  listPairs,
  parsePolicy,
  toCallRules,
  type AgentFacts,
  type PublishedRules,
  type RuleSource,
  type ToolFacts,
} from '../index.js';

const RUNS = propertyRuns(300);
const PATIENCE = { timeout: 30_000 + RUNS * 20 };
const NOW = new Date('2030-01-01T00:00:00Z');
const PERMITS = { deny: 0, hold: 1, allow: 2 };

const publish = (sources: readonly RuleSource[]): PublishedRules[] => {
  const parsed = parsePolicy(JSON.stringify({ rules: sources }), { holdAvailable: true });
  if (parsed.rules === null) throw new Error(JSON.stringify(parsed.problems));
  const bound = toCallRules(parsed.rules, bindAll(parsed.rules));
  return [{ policyVersionId: 'v', policyName: 'p', rules: bound }];
};
const rule = (
  effect: 'allow' | 'deny',
  rest: { agents: JsonObject; tools?: JsonObject; when?: JsonObject },
): RuleSource => ({
  name: 'rule',
  effect,
  tools: { all: true },
  when: { always: true },
  reason: 'x',
  ...rest,
});
const named = (...sources: RuleSource[]) =>
  publish(sources.map((one, index) => ({ ...one, name: `r${index}` })));

const traits = fc.record({
  teamId: fc.constantFrom(idOf('red'), idOf('blue')),
  riskTier: fc.constantFrom('low' as const, 'high' as const),
  tags: fc.subarray(['x', 'y']),
});
const classes = fc.record({
  classification: fc.constantFrom('read' as const, 'write' as const),
  annotations: fc.constantFrom({}, { readOnlyHint: true }),
});

interface State {
  published: PublishedRules[];
  agents: AgentFacts[];
  tools: ToolFacts[];
}
type Permitting = (call: ReferenceCall) => number;
const permitting = ({ published, agents, tools }: State): Permitting => {
  const snapshot = compilePolicy(published, tools, agents);
  return ({ agent, tool, args, now }) =>
    PERMITS[decide(snapshot, { agentId: agent.id, toolId: tool.id, arguments: args, now }).effect];
};
const replaced = <T extends { id: string }>(all: readonly T[], one: T): T[] =>
  all.map((other) => (other.id === one.id ? one : other));

describe('the pairs that agents may call', PATIENCE, () => {
  it('are those that are listed to them', () => {
    const property = fc.property(rules, fc.constantFrom(...MOMENTS), (sources, now) => {
      const published = publish(sources);
      const snapshot = compilePolicy(published, TOOLS, AGENTS);
      const pairs = new CallablePairs({ published, agents: AGENTS, tools: TOOLS, now });
      for (const agent of AGENTS) {
        const listed = TOOLS.filter((tool) => canList(snapshot, agent.id, tool.id, now));
        expect([...(pairs.classOf(agent.id)?.callable ?? [])].toSorted()).toEqual(
          listed.map(({ id }) => id).toSorted(),
        );
      }
    });
    fc.assert(property, { numRuns: RUNS });
  });

  it('name every pair on which a change of agent, tool or policy lets a call through (P12)', () => {
    const one = <T>(from: readonly T[]) => fc.constantFrom(...from);
    const change = fc.record({
      rules: fc.option(rules),
      agent: fc.tuple(one(AGENTS), traits),
      tool: fc.tuple(one(TOOLS), classes),
    });
    const property = fc.property(rules, change, calls, (sources, changed, drawn) => {
      const before: State = { published: publish(sources), agents: AGENTS, tools: TOOLS };
      const after: State = {
        published: changed.rules === null ? before.published : publish(changed.rules),
        agents: replaced(AGENTS, { ...changed.agent[0], ...changed.agent[1] }),
        tools: replaced(TOOLS, { ...changed.tool[0], ...changed.tool[1] }),
      };
      const [was, is] = [before, after].map(permitting) as [Permitting, Permitting];
      for (const call of drawn) {
        if (is(call) <= was(call)) continue;
        const { agent, tool, now } = call;
        const [from, to] = [before, after].map((state) => new CallablePairs({ ...state, now }));
        const { added, widened } = comparePairs(from as CallablePairs, to as CallablePairs);
        expect([...added.items, ...widened.items]).toContainEqual({
          agent: { id: agent.id, name: agent.name },
          tool: { id: tool.id, server: tool.server, name: tool.name },
        });
      }
    });
    fc.assert(property, { numRuns: RUNS });
  });
});

describe('what differs', () => {
  const [one] = AGENTS as [AgentFacts];
  const [read] = TOOLS as [ToolFacts];
  const ALLOWED = named(rule('allow', { agents: { tags: ['x'] } }));
  const at = (published: PublishedRules[], agent = one) =>
    new CallablePairs({ published, agents: [agent], tools: [read], now: NOW });
  const totals = (before: CallablePairs, after: CallablePairs) => {
    const { added, widened, removed } = comparePairs(before, after);
    return [added.total, widened.total, removed.total];
  };

  it('is nothing where the same rules select the agent, whatever they are called', () => {
    const renamed = publish([{ ...rule('allow', { agents: { tags: ['x'] } }), name: 'other' }]);
    expect(totals(at(ALLOWED), at(renamed))).toEqual([0, 0, 0]);
    expect(totals(at(ALLOWED), at(ALLOWED, { ...one, tags: ['x'] }))).toEqual([0, 0, 0]);
  });

  it('is added and removed by a tag', () => {
    const untagged = at(ALLOWED, { ...one, tags: [] });
    expect(untagged.isEmpty).toBe(true);
    expect(totals(untagged, at(ALLOWED))).toEqual([1, 0, 0]);
    expect(totals(at(ALLOWED), untagged)).toEqual([0, 0, 1]);
  });

  it('is widened by a limit that goes, and by another rule that allows', () => {
    const limit = rule('deny', {
      agents: { tags: ['y'] },
      when: { arguments: { amount: { gt: 5 } } },
    });
    const limited = named(rule('allow', { agents: { tags: ['x'] } }), limit);
    expect(totals(at(limited), at(limited, { ...one, tags: ['x'] }))).toEqual([0, 1, 0]);
    expect(totals(at(limited, { ...one, tags: ['x'] }), at(limited))).toEqual([0, 0, 0]);
    const allowedTwice = named(
      rule('allow', { agents: { tags: ['x'] } }),
      rule('allow', { agents: { tags: ['y'] }, when: { arguments: { amount: { gt: 5 } } } }),
    );
    expect(totals(at(allowedTwice, { ...one, tags: ['x'] }), at(allowedTwice))).toEqual([0, 1, 0]);
  });

  it('is widened by another class of a tool, when a limit was for its class before', () => {
    const published = named(
      rule('allow', { agents: { tags: ['x'] } }),
      rule('deny', {
        agents: { all: true },
        tools: { classifications: ['write'] },
        when: { arguments: { amount: { gt: 5 } } },
      }),
    );
    const as = (classification: 'read' | 'write') =>
      new CallablePairs({
        published,
        agents: [one],
        tools: [
          { ...read, classification },
          { ...read, id: 'other', name: 'other', classification: 'write' },
        ],
        now: NOW,
      });
    expect(totals(as('write'), as('read'))).toEqual([0, 1, 0]);
    expect(totals(as('read'), as('write'))).toEqual([0, 0, 0]);
  });

  it('lists fifty pairs by name, and counts all', () => {
    const tools = Array.from({ length: 70 }, (_, index) => {
      const name = `tool-${String(index).padStart(2, '0')}`;
      return { ...read, id: name, name };
    });
    expect(new Set(tools.map(toolSubject)).size).toBe(70);
    const many = new CallablePairs({ published: ALLOWED, agents: AGENTS, tools, now: NOW });
    const { items, total } = listPairs(many);
    expect(total).toBe(140);
    expect(items).toHaveLength(50);
    expect(items[0]).toEqual({
      agent: { id: one.id, name: 'one' },
      tool: { id: 'tool-00', server: 's', name: 'tool-00' },
    });
  });
});
