import type { CallIntentInput } from '#libs/engine/ledger';
import type { Decision } from '#libs/engine/policy';
import type { OnBehalfOf } from '../caller/caller.js';
import { tokenDigest } from '../caller/token-digest.js';
import type { CallDeps } from '../deps.js';
import type { Exchange } from '../exchange.js';
import { CallFailure } from '../failure.js';
import { judgedSteps } from './judged-steps.js';
import type { Step } from './step.js';

const MAX_JUDGEMENTS = 10;

/**
 * Makes the decision durable before anything happens (invariant G1). It goes in only if it was judged
 * under the epoch of the commit; otherwise it is judged again on the new snapshot first (I3).
 */
export const recordIntent: Step = async (exchange, deps) => {
  for (let judgement = 1; judgement <= MAX_JUDGEMENTS; judgement += 1) {
    const result = await deps.calls.appendIntent(intentOf(exchange), exchange.snapshot.epoch);
    if (result.committed) {
      exchange.intent = result.position;
      return;
    }
    await judgeAgain(exchange, deps, result.epoch);
  }
  throw new CallFailure(
    'unavailable',
    'Rights are changing too quickly for this call to be decided. Try again in a moment.',
    { reason: 'epoch_moves' },
  );
};

const judgeAgain = async (exchange: Exchange, deps: CallDeps, epoch: bigint): Promise<void> => {
  exchange.minimumEpoch = epoch;
  for (const step of judgedSteps) await step(exchange, deps);
};

const intentOf = (exchange: Exchange): CallIntentInput => {
  const { agent, tool, decision, snapshot } = exchange;
  return {
    type: 'call.intent',
    callId: exchange.callId,
    at: exchange.now,
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
      ...whose(exchange),
      epoch: Number(snapshot.epoch),
      door: exchange.door.kind,
    },
    payloads: {
      arguments: exchange.isListed ? exchange.arguments : exchange.request.arguments,
      explanation: { reason: decision.reason, remedy: decision.remedy },
    },
  };
};

/** Which token and binding, and for whom with which proof; the ids of all of it, and nobody's words. */
const whose = ({ caller, decision }: Exchange) => {
  const { binding, token, onBehalfOf } = caller;
  const digest = tokenDigest(token);
  return {
    bindingId: binding.id,
    proof: onBehalfOf?.proof ?? caller.proof,
    ...(token.issuerId === null ? {} : { issuerId: token.issuerId }),
    ...(digest === null ? {} : { tokenDigest: digest }),
    ...(onBehalfOf === null ? {} : forWhom(onBehalfOf, decision)),
  };
};

const forWhom = ({ person, delegation }: OnBehalfOf, { agentEffect, personEffect }: Decision) => ({
  personId: person.id,
  ...(delegation === null ? {} : { delegationId: delegation.id }),
  // A stop was decided for nobody in particular.
  ...(personEffect === null ? {} : { agentDecision: agentEffect, personDecision: personEffect }),
});
