import {
  lintPolicy,
  parsePolicy,
  toCallRules,
  type AgentFacts,
  type ToolFacts,
} from '#libs/engine/policy';
import { describe, expect, it } from 'vitest';
import type { PublishedPolicy } from '../policies.loader.js';
import { effectOf } from './pair-effect.js';
import { MAX_IMPACT, policyImpact } from './policy-impact.js';

const NOW = new Date('2030-01-01T00:00:00Z');
const agent = (name: string): AgentFacts => ({
  id: `id-${name}`,
  name,
  teamId: 't',
  riskTier: 'low',
  tags: [],
});
const tool = (name: string): ToolFacts => ({
  id: `id-${name}`,
  serverId: 'id-s',
  server: 's',
  name,
  classification: 'read',
  annotations: {},
  inputSchema: { type: 'object' },
});
const CATALOG = {
  agents: [agent('a'), agent('b')],
  tools: [tool('x'), tool('y')],
  teams: [],
  groups: [],
};
const allow = (name: string, agents: string, when = '{ always: true }') => `
  - { name: ${name}, effect: allow, agents: ${agents}, tools: { all: true }, when: ${when}, reason: r }`;

const policy = (policyId: string, rules: string): PublishedPolicy => {
  const parsed = parsePolicy(rules === '' ? 'rules: []' : `rules:${rules}`, {
    holdAvailable: false,
  });
  if (parsed.rules === null) throw new Error(JSON.stringify(parsed.problems));
  const policyVersionId = `${policyId}-${rules.length}`;
  return {
    policyVersionId,
    policyId,
    policyName: policyId,
    number: 1,
    kind: 'policy',
    rules: toCallRules(parsed.rules, lintPolicy(parsed.rules, CATALOG, { now: NOW }).bindings),
  };
};

describe("a policy's impact", () => {
  it('lists the pairs where the answer would differ, and no other', () => {
    const items = policyImpact([], policy('p', allow('r', '{ names: [a] }')), CATALOG, NOW);
    expect(items).toEqual([
      {
        agent: { id: 'id-a', name: 'a' },
        tool: { id: 'id-x', server: 's', name: 'x' },
        before: 'deny',
        after: 'allow',
      },
      expect.objectContaining({ tool: { id: 'id-y', server: 's', name: 'y' } }),
    ]);
  });

  it('is empty when rules are only moved, renamed in their words, or allowed elsewhere too', () => {
    const before = policy('p', allow('one', '{ names: [a] }') + allow('two', '{ names: [b] }'));
    const after = policy('p', allow('two', '{ names: [b] }') + allow('one', '{ names: [a] }'));
    expect(policyImpact([before], after, CATALOG, NOW)).toEqual([]);
    const renamed = policy('p', allow('uno', '{ names: [a] }') + allow('due', '{ names: [b] }'));
    expect(policyImpact([before], renamed, CATALOG, NOW)).toEqual([]);
    const other = policy('q', allow('all', '{ all: true }'));
    expect(policyImpact([before, other], policy('p', ''), CATALOG, NOW)).toEqual([]);
  });

  it('sees a rule that went', () => {
    const before = policy('p', allow('one', '{ names: [a] }'));
    const items = policyImpact([before], policy('p', ''), CATALOG, NOW);
    expect(items.map(({ before: was, after }) => [was, after])).toEqual([
      ['allow', 'deny'],
      ['allow', 'deny'],
    ]);
  });

  it('stops at its bound', () => {
    const many = Array.from({ length: 30 }, (_, index) => agent(`a${index}`));
    const tools = Array.from({ length: 30 }, (_, index) => tool(`t${index}`));
    const items = policyImpact(
      [],
      policy('p', allow('r', '{ all: true }')),
      {
        agents: many,
        tools,
      },
      NOW,
    );
    expect(items).toHaveLength(MAX_IMPACT);
  });
});

const at = (effect: 'allow' | 'deny' | 'hold', always: boolean) => ({ effect, always });

describe('the one word for a pair', () => {
  it.each([
    ['nothing selects it', [], 'deny'],
    ['an allow always applies', [at('allow', true)], 'allow'],
    ['an allow depends on the arguments', [at('allow', false)], 'conditional'],
    ['a deny always applies', [at('allow', true), at('deny', true)], 'deny'],
    ['a deny depends on the arguments', [at('allow', true), at('deny', false)], 'conditional'],
    ['only a deny that depends on the arguments', [at('deny', false)], 'deny'],
    ['a hold stands in the way', [at('allow', true), at('hold', true)], 'conditional'],
  ])('is right when %s', (_, rules, effect) => {
    expect(effectOf(rules)).toBe(effect);
  });
});
