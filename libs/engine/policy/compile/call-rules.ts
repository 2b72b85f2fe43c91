import type { RawRule } from '@casl/ability';
import type { Condition } from '../conditions/condition.js';
import type { Effect, Rule, RulePrincipal, ToolSelector } from '../parse/rule.js';

/** CASL's word for every subject type; no tool's key is it, because a key contains a slash. */
export const EVERY_TOOL = 'all';

/** What a rule asks of a tool beyond its key, which is CASL's subject type. */
export type ToolConditions = Omit<ToolSelector, 'names'>;

/**
 * What CASL's own form has no field for. Only our matcher evaluates it: CASL's own operators are not
 * safe on what an agent supplies (docs/policies.md).
 */
export type CallConditions = RulePrincipal & {
  /** CASL knows `inverted` only, so this tells a hold from a deny. */
  readonly effect: Effect;
  readonly tools: ToolConditions;
  readonly when: Condition;
  /** As in {@link Rule}. */
  readonly expiresAtMs: number | null;
  readonly rule: string;
  readonly remedy: string | null;
};

/**
 * One rule of a published policy version: a raw rule of CASL. The gateway's tables are compiled from it
 * and CASL's `Ability` evaluates it, so there is no other form of a published rule.
 */
export type CallRule = Required<
  Omit<RawRule<['call', string], CallConditions>, 'fields' | 'subject'>
> & {
  /** The keys of its tools. */
  readonly subject: typeof EVERY_TOOL | string[];
};

/** A policy text's rules as CASL's raw rules, in the order of the text. */
export const toCallRules = (rules: readonly Rule[]): CallRule[] => rules.map(toCallRule);

const toCallRule = (rule: Rule): CallRule => {
  const { names, ...tools } = rule.tools;
  const { effect, when, expiresAtMs, remedy } = rule;
  const principal: RulePrincipal =
    rule.people === null
      ? { agents: rule.agents, people: null }
      : { agents: null, people: rule.people };
  return {
    action: 'call',
    subject: names === null ? EVERY_TOOL : [...new Set(names)],
    inverted: effect !== 'allow',
    conditions: { effect, ...principal, tools, when, expiresAtMs, rule: rule.name, remedy },
    reason: rule.reason,
  };
};
