import type { CallOutcome } from '#libs/engine/ledger';
import type { Decision, Effect } from '#libs/engine/policy';
import type { ToolCallContext } from '../tool-call-context.js';

/** A decision as its caller sees it, in either adapter. */
export interface DecisionView {
  callId: string;
  effect: Effect;
  code: string;
  /** Of the agent and the person whom it acts for, whose answer it is: the stricter one's. */
  principal: Decision['principal'];
  rule: string | null;
  reason: string;
  remedy: string | null;
  policyVersionId: string | null;
  epoch: string;
  outcome: CallOutcome | null;
}

/** What the caller is told about the decision on its call. */
export const decisionView = ({
  callId,
  decision,
  snapshot,
  end,
}: ToolCallContext): DecisionView => ({
  callId,
  effect: decision.effect,
  code: decision.code,
  principal: decision.principal,
  rule: decision.rule,
  reason: decision.reason,
  remedy: decision.remedy,
  policyVersionId: decision.policyVersionId,
  epoch: String(snapshot.epoch),
  outcome: end?.outcome ?? null,
});
