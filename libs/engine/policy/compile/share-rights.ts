import type { CompiledRule } from './compile-rule.js';
import type { AgentFacts } from './facts.js';
import { AGENT_DENIALS } from './default-denials.js';
import { RightsSet } from './rights-set.js';
import type { BoundAgents } from '../bind/selectors.js';
import { selectsAgent } from './select.js';

/** A class of agents that the rules so far could not tell apart: its parent's rules and one more. */
interface AgentClass {
  readonly parent: AgentClass | null;
  readonly rule: number;
}

/** Gives agents that exactly the same rules select one shared {@link RightsSet}. */
export function shareRights(
  rules: readonly CompiledRule[],
  agents: readonly AgentFacts[],
): Map<string, RightsSet> {
  const setOf = new Map<ReadonlySet<number>, RightsSet>();
  const rights = new Map<string, RightsSet>();
  for (const [agentId, named] of shareRules(rules, agents)) {
    const set = setOf.get(named) ?? new RightsSet('agent', named, AGENT_DENIALS);
    setOf.set(named, set);
    rights.set(agentId, set);
  }
  return rights;
}

/**
 * The positions of the rules that select each agent, but those for every agent; agents that exactly the same rules
 * select share one set. Each rule splits the classes of the agents that it selects, so the cost is the number of
 * (rule, agent) pairs, and no list of rules is ever built for an agent of its own.
 */
export function shareRules(
  rules: readonly CompiledRule[],
  agents: readonly AgentFacts[],
): Map<string, ReadonlySet<number>> {
  const root: AgentClass = { parent: null, rule: -1 };
  const classOf = new Map<string, AgentClass>(agents.map((agent) => [agent.id, root]));
  const candidatesFor = agentIndex(agents);
  for (const compiled of rules) {
    const { agents: selector } = compiled.rule.conditions;
    // What selects every agent tells none apart; the set asks for it by its flag.
    if (selector === null || compiled.everyone) continue;
    const split = new Map<AgentClass, AgentClass>();
    for (const agent of candidatesFor(selector)) {
      if (!selectsAgent(selector, agent)) continue;
      const parent = classOf.get(agent.id) ?? root;
      const child = split.get(parent) ?? { parent, rule: compiled.index };
      split.set(parent, child);
      classOf.set(agent.id, child);
    }
  }
  return materialise(classOf);
}

function agentIndex(
  agents: readonly AgentFacts[],
): (selector: BoundAgents) => readonly AgentFacts[] {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const byTeam = Map.groupBy(agents, (agent) => agent.teamId);
  return (selector) => {
    if (selector.ids !== null) {
      return selector.ids.flatMap((id) => byId.get(id) ?? []);
    }
    if (selector.teamIds === null) return agents;
    return selector.teamIds.flatMap((id) => byTeam.get(id) ?? []);
  };
}

function materialise(classOf: ReadonlyMap<string, AgentClass>): Map<string, ReadonlySet<number>> {
  const rulesOf = new Map<AgentClass, ReadonlySet<number>>();
  const shared = new Map<string, ReadonlySet<number>>();
  for (const [agentId, agentClass] of classOf) {
    const rules = rulesOf.get(agentClass) ?? rulesOfClass(agentClass);
    rulesOf.set(agentClass, rules);
    shared.set(agentId, rules);
  }
  return shared;
}

function rulesOfClass(agentClass: AgentClass): Set<number> {
  const rules = new Set<number>();
  for (let at: AgentClass = agentClass; at.parent !== null; at = at.parent) rules.add(at.rule);
  return rules;
}
