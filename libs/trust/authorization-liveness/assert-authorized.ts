import { TokenError } from '#libs/trust/token-verification';
import { AuthorizationError, type AuthorizationErrorReason } from './errors.js';
import type { AgentProof, IssuedTo, PersonProof, PresentedToken } from './proofs.js';
import type { KnownAgent, KnownPerson, TrustFacts } from './trust-facts.js';

/**
 * Throws what is wrong with the agent by these facts at this time: trust in the issuer, the token, the
 * binding, the agent, and those through whom it acts. A call is checked against it when it is evaluated, and
 * again, while it is in progress, against each newer snapshot; a token, in the transaction that issues it
 * (invariant I3).
 */
export const assertAgentAuthorized = (
  { token, agent, binding, assertedAt }: AgentProof,
  facts: TrustFacts,
  now: Date,
): void => {
  if (token !== null) assertToken(token, facts, now);
  if (facts.bindings.get(binding.id)?.agent.id !== agent.id)
    throw new AuthorizationError('binding_removed');
  assertAgent(agent.id, token === null ? (assertedAt ?? null) : token.issuedAt, facts, now);
  if (token !== null) assertAgentsOf(token, facts, now);
};

/** Throws what is wrong with the person, with what proves them, or with the delegation. */
export const assertPersonAuthorized = (
  { person: { id }, delegation, token, issuedTo }: PersonProof,
  { agent, token: agentToken }: Pick<AgentProof, 'agent' | 'token'>,
  facts: TrustFacts,
  now: Date,
): void => {
  const person = facts.people.get(id);
  if (person?.isActive !== true || hasEnded(id, facts, now))
    throw new AuthorizationError('person_not_active');
  if (token !== null) {
    // The agent's own was looked at with the agent.
    if (token !== agentToken) assertTokenAuthorized(token, facts, now);
    assertAbout(person, token, facts);
    assertIssuedTo(issuedTo, token, facts, now);
  }
  if (delegation === null) return;
  const known = facts.delegations.get(delegation.id);
  const isInForce =
    known?.agentId === agent.id &&
    known.personId === id &&
    now.getTime() < known.expiresAt.getTime();
  if (!isInForce) throw new AuthorizationError('delegation_not_in_force');
};

// The agent to which it was issued must still be active, and still be the client (invariant I13).
const assertIssuedTo = (
  issuedTo: readonly IssuedTo[],
  { issuedAt }: PresentedToken,
  facts: TrustFacts,
  now: Date,
): void => {
  for (const { bindingId, agentId } of issuedTo) {
    if (facts.bindings.get(bindingId)?.agent.id !== agentId)
      throw new AuthorizationError('binding_removed');
    assertAgent(agentId, issuedAt, facts, now);
  }
};

/** Throws what is wrong with a token that was presented beside the one that names the agent. */
export const assertTokenAuthorized = (
  token: PresentedToken,
  facts: TrustFacts,
  now: Date,
): void => {
  assertToken(token, facts, now);
  assertAgentsOf(token, facts, now);
};

// It was done by emergency access alone, and that has ended.
const hasEnded = (
  id: string,
  { emergencyEnds }: Pick<TrustFacts, 'emergencyEnds'>,
  now: Date,
): boolean => {
  const expiresAt = emergencyEnds.get(id);
  return expiresAt !== undefined && now.getTime() >= expiresAt.getTime();
};

const assertToken = (token: PresentedToken, facts: TrustFacts, now: Date): void => {
  const { issuerId, issuer, subject, clientId, tokenId } = token;
  if (issuerId === null) assertOwnToken(token, facts, now);
  else if (facts.issuers.get(issuer)?.id !== issuerId || hasEnded(issuerId, facts, now))
    throw new TokenError('unknown_issuer');
  if (tokenId !== null && facts.isTokenRevoked(issuer, tokenId)) throw new TokenError('revoked');
  if (issuerId !== null && facts.isUnregisteredAgentBlocked(issuerId, subject, clientId ?? ''))
    throw new AuthorizationError('blocked');
};

// Our own: signed with a key that is not withdrawn, and nothing that it is derived from was revoked.
const assertOwnToken = (
  { issuer, keyId, clientId, bindingId, derivedFrom }: PresentedToken,
  facts: TrustFacts,
  now: Date,
): void => {
  const { own, issuerIds, bindings } = facts;
  if (own?.url !== issuer) throw new TokenError('unknown_issuer');
  if (!own.keys.some(({ kid }) => kid === keyId)) throw new TokenError('unknown_key');
  if (!derivedFrom.issuerIds.every((id) => issuerIds.has(id) && !hasEnded(id, facts, now)))
    throw new TokenError('unknown_issuer');
  if (derivedFrom.tokens.some((digest) => facts.isDigestRevoked(digest)))
    throw new TokenError('revoked');
  if (bindingId === null || bindings.get(bindingId)?.agent.id !== clientId)
    throw new AuthorizationError('binding_removed');
  if (!derivedFrom.bindingIds.every((id) => bindings.get(id) !== undefined))
    throw new AuthorizationError('binding_removed');
};

// The agents through which a token of ours was passed on must still be active, too.
const assertAgentsOf = (
  { issuerId, issuedAt, actors, subject }: PresentedToken,
  facts: TrustFacts,
  now: Date,
): void => {
  if (issuerId !== null) return;
  if (actors.length === 0) assertAgent(subject, issuedAt, facts, now);
  for (const id of actors) assertAgent(id, issuedAt, facts, now);
};

const INACTIVE: Readonly<Record<string, AuthorizationErrorReason>> = {
  draft: 'agent_draft',
  suspended: 'agent_suspended',
  retired: 'agent_retired',
} satisfies Record<Exclude<KnownAgent['state'], 'active'>, AuthorizationErrorReason>;

const assertAgent = (
  id: string,
  provenAt: Date | null,
  facts: Pick<TrustFacts, 'agents' | 'emergencyEnds'>,
  now: Date,
): void => {
  const agent = facts.agents.get(id);
  if (agent === undefined) throw new AuthorizationError('unknown_agent');
  if (agent.state !== 'active')
    throw new AuthorizationError(INACTIVE[agent.state] ?? 'unknown_agent');
  if (hasEnded(id, facts, now)) throw new AuthorizationError('agent_emergency_ended');
  if (agent.expiresAt !== null && now.getTime() >= agent.expiresAt.getTime())
    throw new AuthorizationError('agent_expired');
  assertNotRevoked(provenAt, agent.tokensRevokedBefore);
};

const assertAbout = (
  person: KnownPerson,
  { issuerId, issuer, subject, issuedAt }: PresentedToken,
  facts: Pick<TrustFacts, 'personOf'>,
): void => {
  assertNotRevoked(issuedAt, person.tokensRevokedBefore);
  const named = issuerId === null ? subject : facts.personOf(issuer, subject)?.id;
  if (named !== person.id) throw new AuthorizationError('unknown_person');
};

// What does not say when it was issued may be older than the revocation.
const assertNotRevoked = (provenAt: Date | null, revokedBefore: Date | null): void => {
  if (
    revokedBefore === null ||
    (provenAt !== null && provenAt.getTime() >= revokedBefore.getTime())
  )
    return;
  throw new TokenError('revoked');
};
