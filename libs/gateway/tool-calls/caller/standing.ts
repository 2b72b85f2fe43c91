import { TokenRefusal, type VerifiedToken } from '#libs/trust/token-verification';
import { CallFailure } from '../failure.js';
import type { GatewayAgent, GatewayPerson, GatewaySnapshot } from '../snapshot/gateway-snapshot.js';
import type { Caller, OnBehalfOf } from './caller.js';
import { callerBlocked, delegationOver, personNotKnown, personNotProven } from './refusals.js';

/**
 * Throws what has been taken away from a caller by this snapshot and this moment. A call is held against
 * it when it is judged, and again, while it is under way, against each newer snapshot (invariant I3).
 */
export const assertStanding = (caller: Caller, snapshot: GatewaySnapshot, now: Date): void => {
  assertAgentStanding(caller, snapshot, now);
  if (caller.onBehalfOf !== null)
    assertPersonStanding(caller.onBehalfOf, caller.agent, snapshot, now);
};

/** The agent's part: trust in the issuer, the token, the binding, the agent. */
export const assertAgentStanding = (caller: Caller, snapshot: GatewaySnapshot, now: Date): void => {
  const { token, agent, binding } = caller;
  assertToken(token, snapshot);
  if (snapshot.bindings.get(binding.id)?.agent.id !== agent.id) throw bindingGone();
  const today = snapshot.agents.get(agent.id);
  assertActive(today, now);
  assertNotCut(token, today.tokensRevokedBefore);
  // Whoever handed the person's token on must still be somebody, too.
  for (const id of token.actors.slice(1)) {
    const before = snapshot.agents.get(id);
    assertActive(before, now);
    assertNotCut(token, before.tokensRevokedBefore);
  }
};

/** The person's part: the person, what proves them, the delegation. */
export const assertPersonStanding = (
  { person: { id }, proof, delegation, token }: OnBehalfOf,
  agent: GatewayAgent,
  snapshot: GatewaySnapshot,
  now: Date,
): void => {
  const person = snapshot.people.get(id);
  if (person?.isActive !== true)
    throw new CallFailure(
      'person_not_active',
      'The person for whom this agent acts is not active any more. Ask the administrator.',
    );
  if (proof === 'subject_token' && token !== null) assertSubjectToken(token, person, snapshot);
  else if (token !== null) assertTokenAbout(person, token, snapshot);
  if (delegation === null) return;
  const today = snapshot.delegations.get(delegation.id);
  const isInForce =
    today?.agentId === agent.id &&
    today.personId === id &&
    now.getTime() < today.expiresAt.getTime();
  if (!isInForce) throw delegationOver();
};

const assertToken = (token: VerifiedToken, snapshot: GatewaySnapshot): void => {
  const { issuerId, issuer, subject, clientId, tokenId } = token;
  if (issuerId === null) assertOwn(token, snapshot);
  else if (snapshot.issuers.get(issuer)?.id !== issuerId) throw new TokenRefusal('unknown_issuer');
  if (tokenId !== null && snapshot.isTokenRevoked(issuer, tokenId))
    throw new TokenRefusal('revoked');
  if (issuerId !== null && snapshot.isCallerBlocked(issuerId, subject, clientId ?? ''))
    throw callerBlocked();
};

// Our own: signed with a key that is not withdrawn, and nothing that it was got by was taken away.
const assertOwn = ({ issuer, keyId, restsOn }: VerifiedToken, snapshot: GatewaySnapshot): void => {
  const { own, issuers, bindings } = snapshot;
  if (own?.url !== issuer) throw new TokenRefusal('unknown_issuer');
  if (!own.keys.some(({ kid }) => kid === keyId)) throw new TokenRefusal('unknown_key');
  const isTrusted = (issuerId: string) => [...issuers.values()].some(({ id }) => id === issuerId);
  if (!restsOn.issuerIds.every(isTrusted)) throw new TokenRefusal('unknown_issuer');
  if (restsOn.tokens.some((digest) => snapshot.isDigestRevoked(digest)))
    throw new TokenRefusal('revoked');
  if (!restsOn.bindingIds.every((id) => bindings.has(id))) throw bindingGone();
};

// A token that does not say when it was issued may be older than any cut.
const assertNotCut = ({ issuedAt }: VerifiedToken, cut: Date | null): void => {
  if (cut === null || (issuedAt !== null && issuedAt.getTime() >= cut.getTime())) return;
  throw new TokenRefusal('revoked');
};

function assertActive(agent: GatewayAgent | undefined, now: Date): asserts agent is GatewayAgent {
  if (agent === undefined) throw notActive('is not registered here any more');
  const { state } = agent;
  switch (state) {
    case 'active':
      if (agent.expiresAt === null || now.getTime() < agent.expiresAt.getTime()) return;
      throw notActive('has expired. Ask its owner to extend it');
    case 'draft':
      throw notActive('has not been activated yet. Ask its owner to activate it');
    case 'suspended':
      throw notActive('is suspended. Ask its owner or security why');
    case 'retired':
      throw notActive('is retired and cannot call tools any more');
    default:
      throw notActive(`is in an unknown state (${String(state satisfies never)})`);
  }
}

const bindingGone = (): CallFailure =>
  new CallFailure(
    'unbound_token',
    'The binding that this token goes by has been removed. Ask the administrator.',
  );

const notActive = (what: string): CallFailure =>
  new CallFailure('agent_not_active', `The agent of this token ${what}.`);

const assertSubjectToken = (
  token: VerifiedToken,
  person: GatewayPerson,
  snapshot: GatewaySnapshot,
): void => {
  try {
    assertToken(token, snapshot);
    assertTokenAbout(person, token, snapshot);
  } catch (error) {
    throw error instanceof TokenRefusal ? personNotProven(error) : error;
  }
};

const assertTokenAbout = (
  person: GatewayPerson,
  token: VerifiedToken,
  snapshot: GatewaySnapshot,
): void => {
  assertNotCut(token, person.tokensRevokedBefore);
  if (token.issuerId === null) return;
  if (snapshot.personOf(token.issuer, token.subject)?.id !== person.id) throw personNotKnown();
};
