import { TokenError, type VerifiedToken } from '#libs/trust/token-verification';
import type { Caller } from '../caller/caller.js';
import { identifyAgent } from '../caller/identify-agent.js';
import { personOfToken } from '../caller/person-of-token.js';
import { assertAgentAuthorized, assertPersonAuthorized } from '../caller/authorization-liveness.js';
import type { CallDeps } from '../deps.js';
import type { ToolCallContext } from '../tool-call-context.js';
import { CallError } from '../failure.js';
import { provePossession } from './possession.js';
import type { Step } from './step.js';

/**
 * Who calls: a token that names exactly one agent, and the person for whom it says that the agent acts,
 * with nothing of it taken away (invariants I1, I3, I7, I9).
 */
export const authenticate: Step = async (ctx, deps) => {
  ctx.knownCaller = null;
  ctx.isTokenEvaluated = true;
  const snapshot = await deps.snapshots.atLeast(ctx.minimumEpoch);
  const now = deps.clock.now();
  ctx.snapshot = snapshot;
  ctx.now = now;
  if (ctx.credentials.token === null) throw new TokenError('missing');
  const token = await deps.tokens.verify(ctx.credentials.token, snapshot);
  const proof = await provePossession(token, ctx, deps);
  const caller = identified(token, ctx, deps);
  if (proof !== null) {
    // Only now: proofs of those whom nobody registered must not fill what is remembered.
    deps.proofs.useUp(proof);
    ctx.isPossessionProven = true;
  }
  ctx.knownCaller = caller;
  assertAgentAuthorized(caller, snapshot, now);
  const onBehalfOf = personOfToken(caller, snapshot);
  if (onBehalfOf === null) return;
  ctx.knownCaller = { ...caller, onBehalfOf };
  assertPersonAuthorized(onBehalfOf, caller.agent, snapshot, now);
};

const identified = (
  token: VerifiedToken,
  ctx: ToolCallContext,
  { unregistered }: CallDeps,
): Caller => {
  try {
    return identifyAgent(token, ctx.snapshot);
  } catch (error) {
    const isUnregisteredAgent = error instanceof CallError && error.code === 'unbound_token';
    if (isUnregisteredAgent && token.issuerId !== null)
      unregistered.note({
        issuerId: token.issuerId,
        subject: token.subject,
        clientId: token.clientId ?? '',
        source: ctx.credentials.source,
        method: ctx.adapter.method,
        server: ctx.knownRequest?.server ?? null,
        tool: ctx.knownRequest?.tool ?? null,
      });
    throw error;
  }
};
