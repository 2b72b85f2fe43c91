import type { CompiledRule } from '../compile/compile-rule.js';
import { FALSE, truthName, UNKNOWN, type Truth, type TruthName } from '../conditions/truth.js';
import type { DecisionRequest } from './decide.js';
import { evaluateSide } from './evaluate-side.js';
import type { RightsSet } from '../compile/rights-set.js';
import { isInForce, type Effect, type Principal } from '../parse/rule.js';
import type { PolicySnapshot } from '../compile/snapshot.js';
import { byPrecedence } from '../compile/tool-table.js';
import { WorkBudget } from '../conditions/work-budget.js';

/** What one rule said to one principal's side of a call, and whether it was the one that decided that side. */
export interface Consideration {
  readonly principal: Principal;
  readonly rule: string;
  readonly policyVersionId: string;
  readonly effect: Effect;
  readonly result: TruthName;
  /** Whether it gave its principal's answer; which principal's answer won is in the decision. */
  readonly isDecisive: boolean;
  /** Names paths and operators, never a value of the call. */
  readonly explanation: string;
}

/**
 * Every rule that selects the agent and the tool, then every rule that selects the person, strongest effect
 * first; rules that have ended are in it and say so. For people, not for the hot path.
 */
export function explain(snapshot: PolicySnapshot, request: DecisionRequest): Consideration[] {
  const { agentId, person } = request;
  const agent = snapshot.rightsOfAgent(agentId);
  return [
    ...(agent === null ? [] : explainSide(snapshot, request, agent)),
    ...(person === null || person === undefined
      ? []
      : explainSide(snapshot, request, snapshot.rightsOfPerson(person))),
  ];
}

function explainSide(
  snapshot: PolicySnapshot,
  request: DecisionRequest,
  rights: RightsSet,
): Consideration[] {
  const decision = evaluateSide(snapshot, request, rights);
  const considered = [...snapshot.considered(rights, request.toolId)].sort(byPrecedence);
  return considered.map((compiled) => ({
    principal: compiled.principal,
    rule: compiled.rule.conditions.rule,
    policyVersionId: compiled.policyVersionId,
    effect: compiled.effect,
    ...evaluateOne(compiled, request),
    isDecisive: decision === compiled.decision,
  }));
}

function evaluateOne(
  { condition, effect, expiresAtMs }: CompiledRule,
  { arguments: args, now }: DecisionRequest,
): { result: TruthName; explanation: string } {
  if (expiresAtMs !== null && !isInForce({ expiresAtMs }, now.getTime())) {
    const expiresAt = new Date(expiresAtMs).toISOString();
    return { result: truthName(FALSE), explanation: `it expired at ${expiresAt}.` };
  }
  try {
    const truth = condition.evaluate(args, new WorkBudget());
    const explanation = condition.explanation(args, new WorkBudget());
    return {
      result: truthName(truth),
      explanation: `${explanation}${consequence(effect, truth)}.`,
    };
  } catch {
    return { result: truthName(UNKNOWN), explanation: 'it could not be evaluated.' };
  }
}

function consequence(effect: Effect, truth: Truth): string {
  if (truth !== UNKNOWN) return '';
  return effect === 'allow' ? '; in doubt nothing is allowed' : `; in doubt a ${effect} applies`;
}
