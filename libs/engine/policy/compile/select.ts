import { EVERY_TOOL, type CallRule, type ToolConditions } from './call-rules.js';
import { toolKey, type AgentFacts, type ToolFacts } from './facts.js';
import type { AgentSelector, ToolSelector } from '../parse/rule.js';

/**
 * What an annotation means when the tool server did not send it: MCP's own defaults, which all
 * assume the worst, so silence never earns an allow and never escapes a deny.
 */
export const ANNOTATION_DEFAULTS: ReadonlyMap<string, boolean> = new Map([
  ['readOnlyHint', false],
  ['destructiveHint', true],
  ['idempotentHint', false],
  ['openWorldHint', true],
]);

export const selectsAgent = (selector: AgentSelector, agent: AgentFacts): boolean =>
  matchesNames(selector.names, agent.name) &&
  matchesNames(selector.teams, agent.team) &&
  matchesNames(selector.tiers, agent.riskTier) &&
  (selector.tags === null || selector.tags.some((tag) => agent.tags.includes(tag)));

export const selectsTool = (selector: ToolSelector, tool: ToolFacts): boolean =>
  matchesNames(selector.names, toolKey(tool)) && meetsConditions(selector, tool);

/** As {@link selectsTool}, for a published rule: its tools' keys are its subject types. */
export const ruleSelectsTool = ({ subject, conditions }: CallRule, tool: ToolFacts): boolean =>
  (subject === EVERY_TOOL || subject.includes(toolKey(tool))) &&
  meetsConditions(conditions.tools, tool);

/** What a rule asks of a tool beyond its key. */
export const meetsConditions = (selector: ToolConditions, tool: ToolFacts): boolean =>
  matchesNames(selector.servers, tool.server) &&
  matchesNames(selector.classifications, tool.classification) &&
  (selector.annotations === null ||
    Object.entries(selector.annotations).every(
      ([hint, wanted]) => annotation(tool, hint) === wanted,
    ));

/** Whether a list names it; no list names everything. */
export const matchesNames = (names: readonly string[] | null, name: string): boolean =>
  names === null || names.includes(name);

function annotation(tool: ToolFacts, hint: string): boolean {
  const claimed = Object.hasOwn(tool.annotations, hint) ? tool.annotations[hint] : undefined;
  return typeof claimed === 'boolean' ? claimed : (ANNOTATION_DEFAULTS.get(hint) ?? false);
}
