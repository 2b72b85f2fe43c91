import {
  assertAgentAuthorized,
  AuthorizationError,
  identifyAgent,
} from '#libs/trust/authorization-liveness';
import { TokenError, type DpopProof, type VerifiedToken } from '#libs/trust/token-verification';
import type { IdentificationMethod } from '#libs/engine/ledger';
import type { Caller } from '../caller/caller.js';
import { personOfToken } from '../caller/person-of-token.js';
import { assertActsFor } from '../caller/still-authorized.js';
import type { CallDeps } from '../deps.js';
import type { ToolCallContext } from '../tool-call-context.js';
import type { GatewayBinding } from '../snapshot/gateway-snapshot.js';
import type { ToolCallStep } from './step.js';

/**
 * Who calls: a token that names exactly one agent, and the person for whom it says that the agent acts,
 * all of it still authorized (invariants I1, I3, I7, I9).
 */
export const authenticate: ToolCallStep = async (ctx, deps) => {
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
    // What this process has not seen, another one may have.
    if (!(await deps.proofUses.isFirstUse(proof))) throw new TokenError('dpop_replayed');
    ctx.isPossessionProven = true;
  }
  ctx.knownCaller = caller;
  assertAgentAuthorized(caller, snapshot, now);
  const onBehalfOf = personOfToken(caller, snapshot);
  if (onBehalfOf === null) return;
  ctx.knownCaller = { ...caller, onBehalfOf };
  assertActsFor(onBehalfOf, caller, snapshot, now);
};

// Whether the caller holds the key that its token is bound to, if it is bound to one (RFC 9449 §7). The proof
// of it is still to be used up; null where there is none to use up.
const provePossession = async (
  { confirmationThumbprint: thumbprint }: VerifiedToken,
  ctx: ToolCallContext,
  { proofs }: CallDeps,
): Promise<DpopProof | null> => {
  const { scheme, token, dpopProof, method, url } = ctx.credentials;
  if (thumbprint === null) {
    if (scheme === 'dpop') throw new TokenError('dpop_unbound');
    return null;
  }
  if (scheme !== 'dpop' || dpopProof === null) throw new TokenError('dpop_missing');
  if (ctx.isPossessionProven) return null;
  return proofs.check({ proof: dpopProof, method, url, accessToken: token, thumbprint });
};

const identified = (
  token: VerifiedToken,
  ctx: ToolCallContext,
  { unregistered }: CallDeps,
): Caller => {
  try {
    const binding = identifyAgent(token, ctx.snapshot);
    return {
      agent: binding.agent,
      binding,
      token,
      identifiedBy: identificationMethodOf(token, binding),
      onBehalfOf: null,
    };
  } catch (error) {
    const isUnregisteredAgent =
      error instanceof AuthorizationError && error.reason === 'no_binding';
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

const identificationMethodOf = (
  { issuerId }: VerifiedToken,
  { kind }: GatewayBinding,
): IdentificationMethod => {
  if (issuerId === null) return 'own_token';
  return kind === 'client' ? 'client_binding' : 'subject_binding';
};
