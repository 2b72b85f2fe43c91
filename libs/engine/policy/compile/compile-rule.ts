import { compileCondition, type CompiledCondition } from '../conditions/compile-condition.js';
import { TRUE, UNKNOWN, type Truth } from '../conditions/truth.js';
import { decideAlone, type Decision } from './decision.js';
import type { Effect, Principal, Rule } from '../parse/rule.js';

/** A rule ready to decide; `index` is its place in the published order. */
export interface CompiledRule {
  readonly index: number;
  readonly rule: Rule;
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

export function compileRule(rule: Rule, policyVersionId: string, index: number): CompiledRule {
  return {
    index,
    rule,
    policyVersionId,
    principal: rule.people === null ? 'agent' : 'person',
    everyone: selectsAll(rule.people ?? rule.agents),
    everyTool: selectsAll(rule.tools),
    condition: compileCondition(rule.when),
    decision: decideAlone({
      effect: rule.effect,
      code: 'rule',
      rule: rule.name,
      policyVersionId,
      reason: rule.reason,
      remedy: rule.remedy,
    }),
  };
}

const selectsAll = (selector: object): boolean =>
  Object.values(selector).every((values) => values === null);
