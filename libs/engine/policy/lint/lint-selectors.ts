import type { BoundSelectors } from '../bind/selectors.js';
import type { Named } from '../bind/names-of-today.js';
import { toolKey, type AgentFacts, type ToolFacts } from '../compile/facts.js';
import { problem, type PolicyProblem } from '../yaml/problem.js';
import type { Rule } from '../parse/rule.js';
import { selectsAgent, selectsTool } from '../compile/select.js';
import { shown } from '../yaml/yaml-reader.js';

/** What a policy is linted against, and its names are bound to. */
export interface Catalog {
  readonly tools: readonly ToolFacts[];
  readonly agents: readonly AgentFacts[];
  readonly teams: readonly Named[];
  readonly groups: readonly Named[];
}

/** A rule with what its names are bound to. */
export interface BoundRule {
  readonly rule: Rule;
  readonly selectors: BoundSelectors;
  /** Whether one of its names stands for something that no longer exists. */
  readonly isDangling: boolean;
}

/** A catalog with what is asked of it for every rule. */
export interface IndexedCatalog extends Pick<Catalog, 'agents' | 'tools'> {
  readonly tags: ReadonlySet<string>;
  readonly toolNames: ReadonlySet<string>;
}

/** Indexes a catalog once for all rules of a policy. */
export const indexCatalog = ({ agents, tools }: Catalog): IndexedCatalog => ({
  agents,
  tools,
  tags: new Set(agents.flatMap((agent) => agent.tags)),
  toolNames: new Set(tools.map(toolKey)),
});

/** Tools and tags that nobody has, and rules that select nothing. */
export function lintSelectors(
  { rule, selectors, isDangling }: BoundRule,
  { agents, tools, tags, toolNames }: IndexedCatalog,
): PolicyProblem[] {
  const unknown = [
    ...missing('agent with the tag', rule.agents?.tags ?? null, tags),
    ...missing('tool', rule.tools.names, toolNames),
  ];
  if (unknown.length > 0) return unknown.map((message) => error(rule, message));
  const problems: PolicyProblem[] = [];
  const { agents: selector } = selectors;
  if (selector !== null && !agents.some((agent) => selectsAgent(selector, agent))) {
    const isNamed = selector.ids !== null || selector.teamIds !== null || selector.tags !== null;
    problems.push(selectsNothing(rule, 'agent', isNamed && !isDangling));
  }
  if (!tools.some((tool) => selectsTool(selectors.tools, tool))) {
    const { subjects, serverIds } = selectors.tools;
    problems.push(selectsNothing(rule, 'tool', subjects !== null || serverIds !== null));
  }
  return problems;
}

// "Every high-risk agent" is worth saying before there is one; "agent x, but only in team y" is not.
const selectsNothing = (rule: Rule, what: string, isNamed: boolean): PolicyProblem =>
  isNamed
    ? error(rule, `The rule can never match: no ${what} has everything that it asks for.`)
    : problem(rule.at, 'warning', `The rule selects no ${what} today.`, rule.name);

const error = (rule: Rule, message: string): PolicyProblem =>
  problem(rule.at, 'error', message, rule.name);

function missing(
  what: string,
  names: readonly string[] | null,
  known: ReadonlySet<string>,
): string[] {
  return (names ?? [])
    .filter((name) => !known.has(name))
    .map((name) => `There is no ${what} \`${shown(name)}\`; check the spelling or remove it.`);
}
