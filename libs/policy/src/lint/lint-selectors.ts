import { toolKey, type AgentFacts, type ToolFacts } from '../facts.js';
import { problem, type PolicyProblem } from '../problem.js';
import type { Rule } from '../rule.js';
import { selectsAgent, selectsTool } from '../select.js';
import { shown } from '../yaml/yaml-reader.js';

/** What a policy is linted against. */
export interface Catalog {
  readonly tools: readonly ToolFacts[];
  readonly agents: readonly AgentFacts[];
}

/** Names that nobody has, and rules that select nothing. */
export function lintSelectors(rule: Rule, { agents, tools }: Catalog): PolicyProblem[] {
  const unknown = [
    ...missing(
      'agent',
      rule.agents.names,
      agents.map((agent) => agent.name),
    ),
    ...missing(
      'team with an agent',
      rule.agents.teams,
      agents.map((agent) => agent.team),
    ),
    ...missing(
      'agent with the tag',
      rule.agents.tags,
      agents.flatMap((agent) => agent.tags),
    ),
    ...missing(
      'tool server with a tool',
      rule.tools.servers,
      tools.map((tool) => tool.server),
    ),
    ...missing('tool', rule.tools.names, tools.map(toolKey)),
  ];
  if (unknown.length > 0) return unknown.map((message) => error(rule, message));
  const problems: PolicyProblem[] = [];
  if (!agents.some((agent) => selectsAgent(rule.agents, agent))) {
    const { names, teams, tags } = rule.agents;
    problems.push(selectsNothing(rule, 'agent', names !== null || teams !== null || tags !== null));
  }
  if (!tools.some((tool) => selectsTool(rule.tools, tool))) {
    const { names, servers } = rule.tools;
    problems.push(selectsNothing(rule, 'tool', names !== null || servers !== null));
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
  known: readonly string[],
): string[] {
  const there = new Set(known);
  return (names ?? [])
    .filter((name) => !there.has(name))
    .map((name) => `There is no ${what} \`${shown(name)}\`; check the spelling or remove it.`);
}
