import { toolKey, type AgentFacts, type ToolFacts } from '../compile/facts.js';
import { problem, type PolicyProblem } from '../yaml/problem.js';
import type { AgentSelector, Rule, ToolSelector } from '../parse/rule.js';
import { selectsAgent, selectsTool } from '../compile/select.js';
import { shown } from '../yaml/yaml-reader.js';

/** What a policy is linted against. */
export interface Catalog {
  readonly tools: readonly ToolFacts[];
  readonly agents: readonly AgentFacts[];
  /** The names of the groups that there are. */
  readonly groups: readonly string[];
}

/** Names that nobody has, and rules that select nothing. */
export function lintSelectors(rule: Rule, { agents, groups, tools }: Catalog): PolicyProblem[] {
  const unknown = [
    ...(rule.agents === null ? [] : unknownAgents(rule.agents, agents)),
    ...missing('group', rule.people?.groups ?? null, groups),
    ...unknownTools(rule.tools, tools),
  ];
  if (unknown.length > 0) return unknown.map((message) => error(rule, message));
  const problems: PolicyProblem[] = [];
  const { agents: selector } = rule;
  if (selector !== null && !agents.some((agent) => selectsAgent(selector, agent))) {
    const { names, teams, tags } = selector;
    problems.push(selectsNothing(rule, 'agent', names !== null || teams !== null || tags !== null));
  }
  if (!tools.some((tool) => selectsTool(rule.tools, tool))) {
    const { names, servers } = rule.tools;
    problems.push(selectsNothing(rule, 'tool', names !== null || servers !== null));
  }
  return problems;
}

const unknownAgents = (
  { names, teams, tags }: AgentSelector,
  agents: readonly AgentFacts[],
): string[] => [
  ...missing(
    'agent',
    names,
    agents.map((agent) => agent.name),
  ),
  ...missing(
    'team with an agent',
    teams,
    agents.map((agent) => agent.team),
  ),
  ...missing(
    'agent with the tag',
    tags,
    agents.flatMap((agent) => agent.tags),
  ),
];

const unknownTools = ({ servers, names }: ToolSelector, tools: readonly ToolFacts[]): string[] => [
  ...missing(
    'tool server with a tool',
    servers,
    tools.map((tool) => tool.server),
  ),
  ...missing('tool', names, tools.map(toolKey)),
];

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
  known: readonly string[],
): string[] {
  const there = new Set(known);
  return (names ?? [])
    .filter((name) => !there.has(name))
    .map((name) => `There is no ${what} \`${shown(name)}\`; check the spelling or remove it.`);
}
