import type { Condition } from './conditions/condition.js';
import type { Position } from './position.js';

/** What a rule does with a call that it selects; deny beats hold beats allow. */
export const EFFECTS = ['allow', 'hold', 'deny'] as const;

/** One of {@link EFFECTS}. */
export type Effect = (typeof EFFECTS)[number];

/** Every key that is not null must match, by any of its values; all null selects everything. */
export interface AgentSelector {
  readonly names: readonly string[] | null;
  readonly teams: readonly string[] | null;
  readonly tiers: readonly string[] | null;
  readonly tags: readonly string[] | null;
}

/** As {@link AgentSelector}; `names` are `server/tool`. */
export interface ToolSelector {
  readonly servers: readonly string[] | null;
  readonly names: readonly string[] | null;
  readonly classifications: readonly string[] | null;
  readonly annotations: Readonly<Record<string, boolean>> | null;
}

/** One rule of a policy, as `parsePolicy` read it: plain data, nothing compiled. */
export interface Rule {
  readonly name: string;
  readonly effect: Effect;
  readonly agents: AgentSelector;
  readonly tools: ToolSelector;
  readonly when: Condition;
  readonly reason: string;
  readonly remedy: string | null;
  readonly at: Position;
}
