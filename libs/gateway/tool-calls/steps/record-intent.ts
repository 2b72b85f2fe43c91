import { digestOf } from '#libs/trust/authorization-liveness';
import type { CallIntentInput } from '#libs/engine/ledger';
import { personFactsDigest, type Decision } from '#libs/engine/policy';
import type { OnBehalfOf } from '../caller/caller.js';
import type { CallDeps } from '../deps.js';
import type { ToolCallContext } from '../tool-call-context.js';
import { CallError } from '../errors.js';
import { evaluatedSteps } from './evaluated-steps.js';
import type { ToolCallStep } from './step.js';

const MAX_EVALUATIONS = 10;

/**
 * Makes the decision durable before anything happens (invariant G1). It goes in only if it was evaluated
 * under the epoch of the commit; otherwise it is evaluated again on the new snapshot first (I3).
 */
export const recordIntent: ToolCallStep = async (ctx, deps) => {
  for (let evaluation = 1; evaluation <= MAX_EVALUATIONS; evaluation += 1) {
    // Whatever was waited for since it was evaluated: not under a clock that was moved since (G22).
    deps.snapshots.assertUsable();
    const result = await deps.calls.appendIntent(intentOf(ctx), ctx.snapshot.epoch);
    if (result.committed) {
      ctx.intent = result.position;
      return;
    }
    await reEvaluate(ctx, deps, result.epoch);
  }
  throw new CallError(
    'unavailable',
    'Rights are changing too quickly for this call to be decided. Try again in a moment.',
    { reason: 'epoch_moves' },
  );
};

const reEvaluate = async (ctx: ToolCallContext, deps: CallDeps, epoch: bigint): Promise<void> => {
  ctx.minimumEpoch = epoch;
  for (const step of evaluatedSteps) await step(ctx, deps);
};

const intentOf = (ctx: ToolCallContext): CallIntentInput => {
  const { agent, tool, decision, snapshot, caller } = ctx;
  return {
    type: 'call.intent',
    callId: ctx.callId,
    at: ctx.now,
    actor: { kind: 'agent', id: agent.id },
    subject: { kind: 'tool', id: tool.id },
    data: {
      server: tool.server.slug,
      tool: tool.name,
      toolId: tool.id,
      definitionDigest: tool.definitionDigest,
      decision: decision.effect,
      code: decision.code,
      rule: decision.rule,
      policyVersionId: decision.policyVersionId,
      ...whose(ctx),
      epoch: Number(snapshot.epoch),
      protocol: ctx.adapter.protocol,
    },
    payloads: {
      arguments: ctx.isListed ? ctx.arguments : ctx.request.arguments,
      explanation: {
        reason: decision.reason,
        remedy: decision.remedy,
        // In a payload, which can be erased: it tells whether the person's groups are still the same.
        ...(caller.onBehalfOf === null
          ? {}
          : { personFactsDigest: personFactsDigest(caller.onBehalfOf.person) }),
      },
    },
  };
};

/** Which token and binding, for whom, and what identified them; the ids of all of it, and nobody's words. */
const whose = ({ caller, decision }: ToolCallContext) => {
  const { binding, token, onBehalfOf } = caller;
  const digest = digestOf(token);
  return {
    bindingId: binding.id,
    identifiedBy: onBehalfOf?.identifiedBy ?? caller.identifiedBy,
    ...(token.issuerId === null ? {} : { issuerId: token.issuerId }),
    ...(digest === null ? {} : { tokenDigest: digest }),
    ...(onBehalfOf === null ? {} : forWhom(onBehalfOf, decision)),
  };
};

const forWhom = (
  { person, delegation, actors }: OnBehalfOf,
  { agentEffect, personEffect }: Decision,
) => ({
  personId: person.id,
  ...(actors.length === 1 ? {} : { actors }),
  ...(delegation === null ? {} : { delegationId: delegation.id }),
  // A kill switch decides for no principal in particular.
  ...(personEffect === null ? {} : { agentDecision: agentEffect, personDecision: personEffect }),
});
