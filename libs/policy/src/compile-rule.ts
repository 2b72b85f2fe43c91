import { compileCondition, type CompiledCondition } from './conditions/compile-condition.js';
import { TRUE, UNKNOWN, type Truth } from './conditions/truth.js';
import type { Decision } from './decision.js';
import type { AgentSelector, Effect, Rule, ToolSelector } from './rule.js';

/** A rule ready to decide; `index` is its place in the published order. */
export interface CompiledRule {
  readonly index: number;
  readonly rule: Rule;
  readonly policyVersionId: string;
  readonly everyAgent: boolean;
  readonly everyTool: boolean;
  readonly condition: CompiledCondition;
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
    everyAgent: selectsAll(rule.agents),
    everyTool: selectsAll(rule.tools),
    condition: compileCondition(rule.when),
    decision: Object.freeze({
      effect: rule.effect,
      code: 'rule',
      rule: rule.name,
      policyVersionId,
      reason: rule.reason,
      remedy: rule.remedy,
    }),
  };
}

const selectsAll = (selector: AgentSelector | ToolSelector): boolean =>
  Object.values(selector).every((values) => values === null);
