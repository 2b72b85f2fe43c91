import { DomainError } from '#libs/platform/kernel';
import { compileRule, type CompiledRule } from './compile-rule.js';
import { toolKey, type AgentFacts, type ToolFacts } from './facts.js';
import { PeopleRights } from './people-rights.js';
import type { Rule } from '../parse/rule.js';
import { selectsTool } from './select.js';
import { shareRights } from './share-rights.js';
import { PolicySnapshot } from './snapshot.js';

/** The rules of one published policy version. */
export interface PublishedRules {
  readonly policyVersionId: string;
  readonly policyName: string;
  readonly rules: readonly Rule[];
}

/**
 * Compiles everything that is in force into one immutable snapshot. The order in which the policies
 * are handed in does not matter. Throws `DomainError` `invalid_input` when two tools or two agents
 * share an id or a name, because then a rule would not say whom it means.
 */
export function compilePolicy(
  published: readonly PublishedRules[],
  tools: readonly ToolFacts[],
  agents: readonly AgentFacts[],
): PolicySnapshot {
  rejectDuplicates('tool', tools, toolKey);
  rejectDuplicates('agent', agents, (agent) => agent.name);
  const rules = compileRules(published);
  return new PolicySnapshot({
    tools: new Map(tools.map((tool) => [tool.id, tool])),
    rightsOfAgents: shareRights(rules, agents),
    rightsOfPeople: new PeopleRights(rules),
    rules,
    rulesOfTool: rulesOfTools(rules, tools),
    rulesOfEveryTool: rules.filter((rule) => rule.everyTool),
  });
}

function compileRules(published: readonly PublishedRules[]): CompiledRule[] {
  const inOrder = [...published].sort(
    (a, b) =>
      compareText(a.policyName, b.policyName) || compareText(a.policyVersionId, b.policyVersionId),
  );
  return inOrder
    .flatMap(({ rules, policyVersionId }) => rules.map((rule) => ({ rule, policyVersionId })))
    .map(({ rule, policyVersionId }, index) => compileRule(rule, policyVersionId, index));
}

function rulesOfTools(
  rules: readonly CompiledRule[],
  tools: readonly ToolFacts[],
): Map<string, CompiledRule[]> {
  const byKey = new Map(tools.map((tool) => [toolKey(tool), tool]));
  const byServer = Map.groupBy(tools, (tool) => tool.server);
  const rulesOf = new Map<string, CompiledRule[]>(tools.map((tool) => [tool.id, []]));
  for (const compiled of rules) {
    if (compiled.everyTool) continue;
    const { names, servers } = compiled.rule.tools;
    const candidates =
      names !== null
        ? [...new Set(names)].flatMap((name) => byKey.get(name) ?? [])
        : servers !== null
          ? [...new Set(servers)].flatMap((server) => byServer.get(server) ?? [])
          : tools;
    for (const tool of candidates) {
      if (selectsTool(compiled.rule.tools, tool)) rulesOf.get(tool.id)?.push(compiled);
    }
  }
  return rulesOf;
}

function rejectDuplicates<T extends { id: string }>(
  what: string,
  facts: readonly T[],
  nameOf: (fact: T) => string,
): void {
  const ids = new Set(facts.map((fact) => fact.id));
  const names = new Set(facts.map(nameOf));
  if (ids.size === facts.length && names.size === facts.length) return;
  throw new DomainError('invalid_input', `Two ${what}s share an id or a name; give each its own.`);
}

// By code units: the same order on every machine, whatever its locale.
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
