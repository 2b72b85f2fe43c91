import type { CallRule } from '#libs/engine/policy';
import type { PublishedPolicy } from '../policies.loader.js';
import type { PolicyCatalog } from '../policy-texts.js';
import { considerPair, effectOf, type PairEffect } from './pair-effect.js';
import { compilePublished } from './published-snapshot.js';

/** An agent and a tool where the answer would differ. */
export interface ImpactItem {
  agent: { id: string; name: string };
  tool: { id: string; server: string; name: string };
  before: PairEffect;
  after: PairEffect;
}

/** At most so many differences are listed. */
export const MAX_IMPACT = 200;
// A page is not worth more of the event loop than this many pairs take.
const MAX_PAIRS = 100_000;

/** Where answers would differ if `candidate` took the place of its policy's active version. */
export const policyImpact = (
  published: readonly PublishedPolicy[],
  candidate: PublishedPolicy,
  catalog: Pick<PolicyCatalog, 'tools' | 'agents'>,
  now: Date,
): ImpactItem[] => {
  const others = published.filter((policy) => policy.policyId !== candidate.policyId);
  const active = published.find((policy) => policy.policyId === candidate.policyId);
  const changed = changedRules(active?.rules ?? [], candidate.rules);
  const touched = compilePublished([{ ...candidate, rules: changed }], catalog);
  const before = compilePublished(published, catalog);
  const after = compilePublished([...others, candidate], catalog);
  const items: ImpactItem[] = [];
  let pairs = 0;
  for (const agent of catalog.agents) {
    for (const tool of catalog.tools) {
      pairs += 1;
      if (pairs > MAX_PAIRS || items.length === MAX_IMPACT) return items;
      if (considerPair(touched, agent.id, tool.id, now).length === 0) continue;
      const was = effectOf(considerPair(before, agent.id, tool.id, now));
      const becomes = effectOf(considerPair(after, agent.id, tool.id, now));
      if (was === becomes) continue;
      items.push({
        agent: { id: agent.id, name: agent.name },
        tool: { id: tool.id, server: tool.server, name: tool.name },
        before: was,
        after: becomes,
      });
    }
  }
  return items;
};

// A rule that stayed as it was, wherever it stands in the text, can make no difference.
const changedRules = (before: readonly CallRule[], after: readonly CallRule[]): CallRule[] => {
  const kept = new Set(before.map(sameness)).intersection(new Set(after.map(sameness)));
  const changed = [...before, ...after].filter((rule) => !kept.has(sameness(rule)));
  // Both sides of a changed rule bear its name; here only what they select matters.
  return changed.map((rule, index) => ({
    ...rule,
    conditions: { ...rule.conditions, rule: `changed-${index}` },
  }));
};

const sameness = (rule: CallRule): string =>
  JSON.stringify(rule, (key, value: unknown) => (key === 'at' ? undefined : value));
