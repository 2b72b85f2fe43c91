import { TokenRefusal, type VerifiedToken } from '#libs/trust/token-verification';
import type { Caller } from '../caller/caller.js';
import { identifyAgent } from '../caller/identify-agent.js';
import { personOfToken } from '../caller/person-of-token.js';
import { assertAgentStanding, assertPersonStanding } from '../caller/standing.js';
import type { CallDeps } from '../deps.js';
import type { Exchange } from '../exchange.js';
import { CallFailure } from '../failure.js';
import { provePossession } from './possession.js';
import type { Step } from './step.js';

/**
 * Who calls: a token that names exactly one agent, and the person for whom it says that the agent acts,
 * with nothing of it taken away (invariants I1, I3, I7, I9).
 */
export const authenticate: Step = async (exchange, deps) => {
  exchange.knownCaller = null;
  exchange.isTokenJudged = true;
  const snapshot = await deps.snapshots.atLeast(exchange.minimumEpoch);
  const now = deps.clock.now();
  exchange.snapshot = snapshot;
  exchange.now = now;
  if (exchange.credentials.token === null) throw new TokenRefusal('missing');
  const token = await deps.tokens.verify(exchange.credentials.token, snapshot);
  const proof = await provePossession(token, exchange, deps);
  const caller = identified(token, exchange, deps);
  if (proof !== null) {
    // Only now: proofs of those whom nobody registered must not fill what is remembered.
    deps.proofs.useUp(proof);
    exchange.isPossessionProven = true;
  }
  exchange.knownCaller = caller;
  assertAgentStanding(caller, snapshot, now);
  const onBehalfOf = personOfToken(caller, snapshot);
  if (onBehalfOf === null) return;
  exchange.knownCaller = { ...caller, onBehalfOf };
  assertPersonStanding(onBehalfOf, caller.agent, snapshot, now);
};

const identified = (
  token: VerifiedToken,
  exchange: Exchange,
  { unregistered }: CallDeps,
): Caller => {
  try {
    return identifyAgent(token, exchange.snapshot);
  } catch (error) {
    const isStranger = error instanceof CallFailure && error.code === 'unbound_token';
    if (isStranger && token.issuerId !== null)
      unregistered.note({
        issuerId: token.issuerId,
        subject: token.subject,
        clientId: token.clientId ?? '',
        source: exchange.credentials.source,
        method: exchange.door.method,
        server: exchange.knownRequest?.server ?? null,
        tool: exchange.knownRequest?.tool ?? null,
      });
    throw error;
  }
};
