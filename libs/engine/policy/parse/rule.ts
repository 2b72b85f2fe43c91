import type { Condition } from '../conditions/condition.js';
import type { Position } from '../yaml/position.js';

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

/** As {@link AgentSelector}; null selects everybody. */
export interface PeopleSelector {
  readonly groups: readonly string[] | null;
}

/** Whom a rule speaks of: agents, or the people for whom they act. */
export const PRINCIPALS = ['agent', 'person'] as const;

/** One of {@link PRINCIPALS}. */
export type Principal = (typeof PRINCIPALS)[number];

/** The principal of a rule: exactly one of the two. */
export type RulePrincipal =
  | { readonly agents: AgentSelector; readonly people: null }
  | { readonly agents: null; readonly people: PeopleSelector };

/** One rule of a policy, as `parsePolicy` read it: plain data, nothing compiled. */
export type Rule = RulePrincipal & {
  readonly name: string;
  readonly effect: Effect;
  readonly tools: ToolSelector;
  readonly when: Condition;
  readonly reason: string;
  readonly remedy: string | null;
  /** It applies only before this time, in milliseconds since 1970; null: always. */
  readonly expiresAtMs: number | null;
  readonly at: Position;
};

/** Whether the rule applies at this time: an end is the first millisecond at which it does not. */
export const isInForce = ({ expiresAtMs }: Pick<Rule, 'expiresAtMs'>, nowMs: number): boolean =>
  expiresAtMs === null || nowMs < expiresAtMs;
