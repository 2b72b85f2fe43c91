import type { VerifiedToken } from '#libs/trust/token-verification';
import type { JsonObject } from '#libs/platform/kernel';
import { unacceptable } from './exchange-error.js';

const MAX_ACTORS = 4;

/**
 * Who acts once this agent acts on the strength of that token, the current actor first. Nobody who was in
 * the chain is left out (RFC 8693 §4.1).
 * @throws OAuthError when the chain grows too long
 */
export const actorsOver = ({ actors }: VerifiedToken, agentId: string): readonly string[] => {
  if (actors[0] === agentId) return actors;
  if (actors.length >= MAX_ACTORS)
    throw unacceptable(`At most ${MAX_ACTORS} agents can act one for another.`);
  return [agentId, ...actors];
};

/** The `act` claim of a chain. */
export const actClaim = (actors: readonly string[]): JsonObject | undefined =>
  actors.reduceRight<JsonObject | undefined>(
    (inner, sub) => (inner === undefined ? { sub } : { sub, act: inner }),
    undefined,
  );
