import { matchesBinding, type VerifiedToken } from '#libs/trust/token-verification';
import { AuthorizationError } from './errors.js';
import { namedActor } from './named-actor.js';
import { MAX_ACTORS, type IssuedTo } from './proofs.js';
import type { TrustFacts } from './trust-facts.js';

type Facts = Pick<TrustFacts, 'clientBindings' | 'subjectBindings' | 'wasClientUnbound'>;

/**
 * The bindings by which a token about a person is an agent's: those of the client to which its issuer issued
 * it (invariant I13). None for a token of our own, whose actors say it; for one whose issuer names in
 * `may_act` who may act; and for one of a client that was never bound.
 */
export const issuedToOf = (token: VerifiedToken, facts: Facts): readonly IssuedTo[] => {
  const { issuerId, issuer, clientId } = token;
  if (issuerId === null || clientId === null || namedActor(token) !== undefined) return [];
  const ofClient = facts.clientBindings(issuer, clientId);
  const matching = ofClient.filter(
    ({ token: named }) => named !== null && matchesBinding(token, named),
  );
  // A bound client belongs to its agents even where the conditions of none of its bindings hold.
  const named = matching.length === 0 ? ofClient : matching;
  // Most issuers give a client that acts for itself its own id as subject.
  const found = [...named, ...facts.subjectBindings(issuer, clientId)];
  // Removing a binding must not make its tokens anybody's.
  if (found.length === 0 && facts.wasClientUnbound(issuer, clientId))
    throw new AuthorizationError('client_unbound');
  return found.map(({ id, agent }) => ({ bindingId: id, agentId: agent.id }));
};

/**
 * Who acts once this agent acts on a token about a person, the current actor first. No agent that was in the
 * chain is left out (RFC 8693 §4.1), nor the one to which the token was issued.
 */
export const actorsOver = (
  { actors }: Pick<VerifiedToken, 'actors'>,
  agentId: string,
  issuedTo: readonly IssuedTo[],
): readonly string[] => {
  if (actors[0] === agentId) return actors;
  const chain = [...new Set([agentId, ...issuedTo.map((to) => to.agentId)]), ...actors];
  if (chain.length > MAX_ACTORS) throw new AuthorizationError('too_many_actors');
  return chain;
};
