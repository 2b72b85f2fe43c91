import type { RawRule } from '@casl/ability';
import type { Condition } from '../conditions/condition.js';
import type { NameBinding } from '../bind/name-bindings.js';
import {
  selectorBinder,
  type BoundPrincipal,
  type BoundSelectors,
  type BoundTools,
} from '../bind/selectors.js';
import type { Effect, Rule } from '../parse/rule.js';

/** CASL's word for every subject type; no tool's subject is it, because that contains a slash. */
export const EVERY_TOOL = 'all';

/** What a rule asks of a tool beyond which one it is, which is CASL's subject type. */
export type ToolConditions = Omit<BoundTools, 'subjects'>;

/**
 * What CASL's own form has no field for. Only our matcher evaluates it: CASL's own operators are not
 * safe on what an agent supplies (docs/policies.md).
 */
export type CallConditions = BoundPrincipal & {
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
  /** Its tools, as `toolSubject` writes them. */
  readonly subject: typeof EVERY_TOOL | string[];
};

/**
 * A policy text's rules as CASL's raw rules, in the order of the text, by the ids to which the version
 * bound their names. Throws when a name is not bound.
 */
export const toCallRules = (
  rules: readonly Rule[],
  bindings: readonly NameBinding[],
): CallRule[] => {
  const bind = selectorBinder(bindings);
  return rules.map((rule) => toCallRule(rule, bind(rule)));
};

const toCallRule = (rule: Rule, { tools: selected, ...principal }: BoundSelectors): CallRule => {
  const { subjects, ...tools } = selected;
  const { effect, when, expiresAtMs, remedy } = rule;
  return {
    action: 'call',
    subject: subjects === null ? EVERY_TOOL : [...subjects],
    inverted: effect !== 'allow',
    conditions: { effect, ...principal, tools, when, expiresAtMs, rule: rule.name, remedy },
    reason: rule.reason,
  };
};
