import { TokenError, type VerifiedToken } from '#libs/trust/token-verification';
import { CallError } from '../failure.js';
import type { GatewayAgent, GatewayPerson, GatewaySnapshot } from '../snapshot/gateway-snapshot.js';
import type { Caller, OnBehalfOf } from './caller.js';
import {
  unregisteredAgentBlocked,
  delegationOver,
  personNotKnown,
  personNotProven,
} from './rejections.js';

/**
 * Throws what has been taken away from a caller by this snapshot and this moment. A call is held against
 * it when it is evaluated, and again, while it is under way, against each newer snapshot (invariant I3).
 */
export const assertStillAuthorized = (
  caller: Caller,
  snapshot: GatewaySnapshot,
  now: Date,
): void => {
  assertAgentAuthorized(caller, snapshot, now);
  if (caller.onBehalfOf !== null)
    assertPersonAuthorized(caller.onBehalfOf, caller.agent, snapshot, now);
};

/** The agent's part: trust in the issuer, the token, the binding, the agent. */
export const assertAgentAuthorized = (
  caller: Caller,
  snapshot: GatewaySnapshot,
  now: Date,
): void => {
  const { token, agent, binding } = caller;
  assertToken(token, snapshot);
  if (snapshot.bindings.get(binding.id)?.agent.id !== agent.id) throw bindingGone();
  const today = snapshot.agents.get(agent.id);
  assertActive(today, now);
  assertNotRevoked(token, today.tokensRevokedBefore);
  // Whoever handed the person's token on must still be somebody, too.
  for (const id of token.actors.slice(1)) {
    const before = snapshot.agents.get(id);
    assertActive(before, now);
    assertNotRevoked(token, before.tokensRevokedBefore);
  }
};

/** The person's part: the person, what proves them, the delegation. */
export const assertPersonAuthorized = (
  { person: { id }, proof, delegation, token }: OnBehalfOf,
  agent: GatewayAgent,
  snapshot: GatewaySnapshot,
  now: Date,
): void => {
  const person = snapshot.people.get(id);
  if (person?.isActive !== true)
    throw new CallError(
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
  else if (snapshot.issuers.get(issuer)?.id !== issuerId) throw new TokenError('unknown_issuer');
  if (tokenId !== null && snapshot.isTokenRevoked(issuer, tokenId)) throw new TokenError('revoked');
  if (issuerId !== null && snapshot.isUnregisteredAgentBlocked(issuerId, subject, clientId ?? ''))
    throw unregisteredAgentBlocked();
};

// Our own: signed with a key that is not withdrawn, and nothing that it was got by was taken away.
const assertOwn = (
  { issuer, keyId, derivedFrom }: VerifiedToken,
  snapshot: GatewaySnapshot,
): void => {
  const { own, issuers, bindings } = snapshot;
  if (own?.url !== issuer) throw new TokenError('unknown_issuer');
  if (!own.keys.some(({ kid }) => kid === keyId)) throw new TokenError('unknown_key');
  const isTrusted = (issuerId: string) => [...issuers.values()].some(({ id }) => id === issuerId);
  if (!derivedFrom.issuerIds.every(isTrusted)) throw new TokenError('unknown_issuer');
  if (derivedFrom.tokens.some((digest) => snapshot.isDigestRevoked(digest)))
    throw new TokenError('revoked');
  if (!derivedFrom.bindingIds.every((id) => bindings.has(id))) throw bindingGone();
};

// A token that does not say when it was issued may be older than any cut.
const assertNotRevoked = ({ issuedAt }: VerifiedToken, cut: Date | null): void => {
  if (cut === null || (issuedAt !== null && issuedAt.getTime() >= cut.getTime())) return;
  throw new TokenError('revoked');
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

const bindingGone = (): CallError =>
  new CallError(
    'unbound_token',
    'The binding that this token goes by has been removed. Ask the administrator.',
  );

const notActive = (what: string): CallError =>
  new CallError('agent_not_active', `The agent of this token ${what}.`);

const assertSubjectToken = (
  token: VerifiedToken,
  person: GatewayPerson,
  snapshot: GatewaySnapshot,
): void => {
  try {
    assertToken(token, snapshot);
    assertTokenAbout(person, token, snapshot);
  } catch (error) {
    throw error instanceof TokenError ? personNotProven(error) : error;
  }
};

const assertTokenAbout = (
  person: GatewayPerson,
  token: VerifiedToken,
  snapshot: GatewaySnapshot,
): void => {
  assertNotRevoked(token, person.tokensRevokedBefore);
  if (token.issuerId === null) return;
  if (snapshot.personOf(token.issuer, token.subject)?.id !== person.id) throw personNotKnown();
};
