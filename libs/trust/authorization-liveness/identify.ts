import { matchesBinding, type VerifiedToken } from '#libs/trust/token-verification';
import type { Json } from '#libs/platform/kernel';
import { AuthorizationError } from './errors.js';
import { actorsOver, issuedToOf } from './issued-to.js';
import { namedActor } from './named-actor.js';
import type { PersonProof } from './proofs.js';
import type { KnownBinding, KnownDelegation, KnownPerson, TrustFacts } from './trust-facts.js';

/**
 * The binding of the one agent that a verified token names: by (issuer, subject), by (issuer, client), or as
 * a token of our own; exactly, or none at all (invariant I7). Whether the agent may still do anything is
 * `assertAgentAuthorized`'s to say.
 */
export const identifyAgent = <B extends KnownBinding>(
  token: VerifiedToken,
  facts: Pick<
    TrustFacts<B>,
    'bindings' | 'subjectBindings' | 'clientBindings' | 'isUnregisteredAgentBlocked'
  >,
): B => {
  const { issuerId, issuer, subject, clientId } = token;
  if (issuerId === null) return bindingOfOwnToken(token, facts);
  if (facts.isUnregisteredAgentBlocked(issuerId, subject, clientId ?? ''))
    throw new AuthorizationError('blocked');
  const bySubject = facts.subjectBindings(issuer, subject);
  const byClient = clientId === null ? [] : facts.clientBindings(issuer, clientId);
  const found = byClient.length === 0 ? bySubject : [...bySubject, ...byClient];
  const [binding, ...others] = found.filter(
    ({ token: named }) => named !== null && matchesBinding(token, named),
  );
  if (binding === undefined) throw new AuthorizationError('no_binding');
  if (others.length > 0) throw new AuthorizationError('ambiguous_binding');
  return binding;
};

// The agent is the subject; or, where the subject is a person, the current actor (RFC 8693 §4.1).
const bindingOfOwnToken = <B extends KnownBinding>(
  { actors, subject, clientId, bindingId }: VerifiedToken,
  { bindings }: Pick<TrustFacts<B>, 'bindings'>,
): B => {
  const agentId = actors[0] ?? subject;
  const binding = bindingId === null ? undefined : bindings.get(bindingId);
  if (binding === undefined || binding.agent.id !== agentId || clientId !== agentId)
    throw new AuthorizationError('own_token_unbound');
  return binding;
};

/** For whom a token about a person lets this agent act (invariant I8). Throws when it is for nobody. */
export const personByToken = <
  B extends KnownBinding,
  P extends KnownPerson,
  D extends KnownDelegation,
>(
  token: VerifiedToken,
  agentId: string,
  facts: TrustFacts<B, P, D>,
): PersonProof<P, D, VerifiedToken> => {
  if (token.issuerId !== null && token.claims['act'] !== undefined)
    throw new AuthorizationError('untrusted_actors');
  const person = personNamedBy(token, facts);
  if (person === undefined) throw new AuthorizationError('unknown_person');
  if (!canAct(token, agentId, facts)) throw new AuthorizationError('actor_mismatch');
  const issuedTo = issuedToOf(token, facts);
  const proof = { person, token, issuedTo, actors: actorsOver(token, agentId, issuedTo) };
  const delegationId = token.issuerId === null ? token.claims['delegation_id'] : undefined;
  if (delegationId === undefined) return { ...proof, delegation: null };
  return { ...proof, delegation: delegationTo(agentId, delegationId, facts) };
};

// Exactly the one whom (issuer, subject) is linked to, or whom our own token names (invariant I7). A token
// that a client got for itself is about nobody; so is one of ours in which nobody acts.
const personNamedBy = <P extends KnownPerson>(
  { issuerId, issuer, subject, actors, isClientItself }: VerifiedToken,
  facts: Pick<TrustFacts<KnownBinding, P>, 'people' | 'personOf'>,
): P | undefined => {
  if (issuerId === null) return actors.length === 0 ? undefined : facts.people.get(subject);
  return isClientItself ? undefined : facts.personOf(issuer, subject);
};

/** For whom a delegation lets this agent act; another agent's looks like one that never was. */
export const personByDelegation = <P extends KnownPerson, D extends KnownDelegation>(
  delegationId: string,
  agentId: string,
  facts: Pick<TrustFacts<KnownBinding, P, D>, 'people' | 'delegations'>,
): PersonProof<P, D, never> & { delegation: D } => {
  const delegation = delegationTo(agentId, delegationId, facts);
  const person = facts.people.get(delegation.personId);
  if (person === undefined) throw new AuthorizationError('delegation_not_in_force');
  return { person, delegation, token: null, issuedTo: [], actors: [agentId] };
};

const delegationTo = <D extends KnownDelegation>(
  agentId: string,
  delegationId: Json,
  { delegations }: Pick<TrustFacts<KnownBinding, KnownPerson, D>, 'delegations'>,
): D => {
  const delegation = typeof delegationId === 'string' ? delegations.get(delegationId) : undefined;
  // What a person lets one agent do for them, that agent cannot hand on.
  if (delegation?.agentId !== agentId) throw new AuthorizationError('delegation_not_in_force');
  return delegation;
};

/**
 * Whether a token lets this agent act on it: it says nothing about who may, or names the agent by our own id
 * for it, or by one of its bindings.
 */
export const canAct = (
  token: Pick<VerifiedToken, 'claims' | 'issuer'>,
  agentId: string,
  facts: Pick<TrustFacts, 'own' | 'subjectBindings' | 'clientBindings'>,
): boolean => {
  const actor = namedActor(token);
  if (actor === undefined) return true;
  if (actor === null) return false;
  const { issuer, subject, client } = actor;
  if (issuer === facts.own?.url)
    return [subject, client].every((name) => name === null || name === agentId);
  const isTheirs = (bindings: readonly KnownBinding[]) =>
    bindings.some((binding) => binding.agent.id === agentId);
  return (
    (subject === null || isTheirs(facts.subjectBindings(issuer, subject))) &&
    (client === null || isTheirs(facts.clientBindings(issuer, client)))
  );
};
