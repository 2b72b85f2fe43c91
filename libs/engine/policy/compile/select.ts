import { EVERY_TOOL, type CallRule, type ToolConditions } from './call-rules.js';
import { toolSubject, type AgentFacts, type ToolTraits } from './facts.js';
import type { BoundAgents, BoundTools } from '../bind/selectors.js';

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

export const selectsAgent = (selector: BoundAgents, agent: AgentFacts): boolean =>
  isOneOf(selector.ids, agent.id) &&
  isOneOf(selector.teamIds, agent.teamId) &&
  isOneOf(selector.tiers, agent.riskTier) &&
  (selector.tags === null || selector.tags.some((tag) => agent.tags.includes(tag)));

export const selectsTool = (selector: BoundTools, tool: ToolTraits): boolean =>
  isOneOf(selector.subjects, toolSubject(tool)) && meetsConditions(selector, tool);

/** As {@link selectsTool}, for a published rule: its tools are its subject types. */
export const ruleSelectsTool = ({ subject, conditions }: CallRule, tool: ToolTraits): boolean =>
  (subject === EVERY_TOOL || subject.includes(toolSubject(tool))) &&
  meetsConditions(conditions.tools, tool);

/** What a rule asks of a tool beyond which one it is. */
export const meetsConditions = (selector: ToolConditions, tool: ToolTraits): boolean =>
  isOneOf(selector.serverIds, tool.serverId) &&
  isOneOf(selector.classifications, tool.classification) &&
  (selector.annotations === null ||
    Object.entries(selector.annotations).every(
      ([hint, wanted]) => annotation(tool, hint) === wanted,
    ));

/** Whether a list has it; no list has everything. */
export const isOneOf = (values: readonly string[] | null, value: string): boolean =>
  values === null || values.includes(value);

function annotation(tool: ToolTraits, hint: string): boolean {
  const claimed = Object.hasOwn(tool.annotations, hint) ? tool.annotations[hint] : undefined;
  return typeof claimed === 'boolean' ? claimed : (ANNOTATION_DEFAULTS.get(hint) ?? false);
}
