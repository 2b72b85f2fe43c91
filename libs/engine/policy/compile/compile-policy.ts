import { DomainError } from '#libs/platform/kernel';
import { EVERY_TOOL } from './call-rules.js';
import { compileRule, type CompiledRule } from './compile-rule.js';
import { toolSubject, type AgentFacts, type ToolFacts } from './facts.js';
import { PeopleRights } from './people-rights.js';
import { inPublishedOrder, type PublishedRules } from './published-rules.js';
import { ruleSelectsTool } from './select.js';
import { shareRights } from './share-rights.js';
import { PolicySnapshot } from './snapshot.js';

/**
 * Compiles everything that is in force into one immutable snapshot. The order in which the policies
 * are handed in does not matter. Throws `DomainError` `invalid_input` when two tools or two agents
 * are the same one, because then a rule would not say whom it means.
 */
export function compilePolicy(
  published: readonly PublishedRules[],
  tools: readonly ToolFacts[],
  agents: readonly AgentFacts[],
): PolicySnapshot {
  rejectDuplicates('tool', tools, toolSubject);
  rejectDuplicates('agent', agents, (agent) => agent.id);
  const rules = inPublishedOrder(published).map(compileRule);
  return new PolicySnapshot({
    tools: new Map(tools.map((tool) => [tool.id, tool])),
    rightsOfAgents: shareRights(rules, agents),
    rightsOfPeople: new PeopleRights(rules),
    rules,
    rulesOfTool: rulesOfTools(rules, tools),
    rulesOfEveryTool: rules.filter((rule) => rule.everyTool),
  });
}

function rulesOfTools(
  rules: readonly CompiledRule[],
  tools: readonly ToolFacts[],
): Map<string, CompiledRule[]> {
  const bySubject = new Map(tools.map((tool) => [toolSubject(tool), tool]));
  const byServer = Map.groupBy(tools, (tool) => tool.serverId);
  const rulesOf = new Map<string, CompiledRule[]>(tools.map((tool) => [tool.id, []]));
  for (const compiled of rules) {
    if (compiled.everyTool) continue;
    const { subject, conditions } = compiled.rule;
    const { serverIds } = conditions.tools;
    const candidates =
      subject !== EVERY_TOOL
        ? subject.flatMap((one) => bySubject.get(one) ?? [])
        : serverIds !== null
          ? serverIds.flatMap((id) => byServer.get(id) ?? [])
          : tools;
    for (const tool of candidates) {
      if (ruleSelectsTool(compiled.rule, tool)) rulesOf.get(tool.id)?.push(compiled);
    }
  }
  return rulesOf;
}

function rejectDuplicates<T extends { id: string }>(
  what: string,
  facts: readonly T[],
  keyOf: (fact: T) => string,
): void {
  const ids = new Set(facts.map((fact) => fact.id));
  const keys = new Set(facts.map(keyOf));
  if (ids.size === facts.length && keys.size === facts.length) return;
  throw new DomainError('invalid_input', `Two ${what}s are the same one; hand each in once.`);
}
