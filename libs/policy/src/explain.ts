import type { CompiledRule } from './compile-rule.js';
import { truthName, UNKNOWN, type Truth, type TruthName } from './conditions/truth.js';
import { decide, type DecisionRequest } from './decide.js';
import type { Effect } from './rule.js';
import type { PolicySnapshot } from './snapshot.js';
import { byPrecedence } from './tool-table.js';
import { WorkBudget } from './work-budget.js';

/** What one rule said to a call, and whether it was the one that decided. */
export interface Consideration {
  readonly rule: string;
  readonly policyVersionId: string;
  readonly effect: Effect;
  readonly result: TruthName;
  readonly decided: boolean;
  /** Names paths and operators, never a value of the call. */
  readonly why: string;
}

/** Every rule that selects the agent and the tool, strongest effect first. For people, not for the hot path. */
export function explain(snapshot: PolicySnapshot, request: DecisionRequest): Consideration[] {
  const decision = decide(snapshot, request);
  const considered = [...snapshot.considered(request.agentId, request.toolId)].sort(byPrecedence);
  return considered.map((compiled) => ({
    rule: compiled.rule.name,
    policyVersionId: compiled.policyVersionId,
    effect: compiled.rule.effect,
    ...judgeOne(compiled, request),
    decided: decision === compiled.decision,
  }));
}

function judgeOne(
  { condition, rule }: CompiledRule,
  { arguments: args }: DecisionRequest,
): { result: TruthName; why: string } {
  try {
    const truth = condition.evaluate(args, new WorkBudget());
    const why = condition.why(args, new WorkBudget());
    return { result: truthName(truth), why: `${why}${consequence(rule.effect, truth)}.` };
  } catch {
    return { result: truthName(UNKNOWN), why: 'it could not be judged.' };
  }
}

function consequence(effect: Effect, truth: Truth): string {
  if (truth !== UNKNOWN) return '';
  return effect === 'allow' ? '; in doubt nothing is allowed' : `; in doubt a ${effect} applies`;
}
