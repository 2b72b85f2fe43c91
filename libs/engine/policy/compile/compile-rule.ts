import { compileCondition, type CompiledCondition } from '../conditions/compile-condition.js';
import { TRUE, UNKNOWN, type Truth } from '../conditions/truth.js';
import { decideAlone, type Decision } from './decision.js';
import type { Effect, Principal } from '../parse/rule.js';
import { EVERY_TOOL, type CallRule } from './call-rules.js';
import type { PublishedRule } from './published-rules.js';

/** A rule ready to decide; `index` is its place in the published order. */
export interface CompiledRule {
  readonly index: number;
  readonly rule: CallRule;
  readonly effect: Effect;
  readonly expiresAtMs: number | null;
  readonly policyVersionId: string;
  readonly principal: Principal;
  /** Whether it speaks of every agent, or of everybody. */
  readonly everyone: boolean;
  readonly everyTool: boolean;
  readonly condition: CompiledCondition;
  /** What it decides when the agent acts for nobody. */
  readonly decision: Decision;
}

/** Whether a rule of this effect fires: doubt never allows, and never escapes a deny or a hold. */
export const fires = (effect: Effect, truth: Truth): boolean =>
  truth === TRUE || (truth === UNKNOWN && effect !== 'allow');

export function compileRule({ rule, policyVersionId }: PublishedRule, index: number): CompiledRule {
  const { subject, conditions, reason } = rule;
  const { effect, agents, people, tools, when, expiresAtMs, remedy } = conditions;
  return {
    index,
    rule,
    effect,
    expiresAtMs,
    policyVersionId,
    principal: people === null ? 'agent' : 'person',
    everyone: selectsAll(people ?? agents),
    everyTool: subject === EVERY_TOOL && selectsAll(tools),
    condition: compileCondition(when),
    decision: decideAlone({
      effect,
      code: 'rule',
      rule: conditions.rule,
      policyVersionId,
      reason,
      remedy,
    }),
  };
}

const selectsAll = (selector: object): boolean =>
  Object.values(selector).every((values) => values === null);
