import type { VerifiedToken } from '#libs/trust/token-verification';
import { ACCESS_TOKEN_TYPE, asOAuthError, digestOf, verifyPresented } from './access-tokens.js';
import { actorsOver } from './actor-chain.js';
import { DELEGATION_TYPE, proveByDelegation } from './delegation.js';
import { unacceptable } from './exchange-error.js';
import { assertMayAct } from './may-act.js';
import { personOf } from './person-of.js';
import type { TokenDeps } from './token-deps.js';
import { required } from './token-form.js';
import type { TokenCaller, TokenRequest } from './token-request.js';

/** RFC 8693: one token for another, for the agent itself or on a person's behalf. */
export const proveByExchange = async (request: TokenRequest, deps: TokenDeps): Promise<void> => {
  const { form, caller } = request;
  const type = required(form, 'subject_token_type');
  const shown = required(form, 'subject_token');
  assertActor(request);
  if (type === DELEGATION_TYPE) return proveByDelegation(request, shown, deps);
  if (type !== ACCESS_TOKEN_TYPE)
    throw unacceptable(`A subject token must be of the type ${ACCESS_TOKEN_TYPE}.`);
  const token = caller.authenticationMethod === 'subject_token' ? caller.token : null;
  await proveByToken(request, token ?? (await verifySubject(request, shown, deps)), deps);
};

// The actor speaks for itself: neither a person's token nor one that is about a person makes an actor.
const assertActor = ({ form, caller }: TokenRequest): void => {
  const { token, authenticationMethod, bindingKind } = caller;
  if (authenticationMethod === 'client_assertion' && form.actor_token !== undefined)
    throw unacceptable('Send either a client assertion or an actor token, not both.');
  if (form.actor_token === undefined && form.actor_token_type !== undefined)
    throw unacceptable('An actor_token_type goes with an actor_token.');
  if (
    authenticationMethod === 'actor_token' &&
    (bindingKind === 'client' || isAboutPerson(caller, token))
  )
    throw unacceptable('The actor token is about a person. It must be the agent’s own.');
};

const verifySubject = (
  request: TokenRequest,
  token: string,
  deps: TokenDeps,
): Promise<VerifiedToken> =>
  verifyPresented(request, token, deps).catch((error: unknown) => {
    throw asOAuthError(error, 'invalid_request', 'subject token');
  });

const proveByToken = async (
  request: TokenRequest,
  token: VerifiedToken,
  deps: TokenDeps,
): Promise<void> => {
  const { caller } = request;
  await assertMayAct(token, caller, deps);
  if (isOfAgentItself(token, caller)) return;
  request.subject = {
    personId: await personOf(token, deps.db),
    proof: 'signed_token',
    delegationId: delegationOf(token, caller),
    proofDigest: digestOf(token),
    provenAt: token.issuedAt,
    actors: actorsOver(token, caller.agentId),
    actedBefore: token.actors,
  };
};

const isAboutPerson = (caller: TokenCaller, token: VerifiedToken | null): boolean =>
  token !== null && token.issuerId === null && token.subject !== caller.agentId;

const isOfAgentItself = (token: VerifiedToken, caller: TokenCaller): boolean => {
  if (token.issuerId === null) return token.subject === caller.agentId;
  return token === caller.token && caller.bindingKind === 'subject';
};

// What a person lets one agent do for them, that agent cannot hand on.
const delegationOf = (token: VerifiedToken, { agentId }: TokenCaller): string | null => {
  const delegationId = token.issuerId === null ? token.claims['delegation_id'] : undefined;
  if (typeof delegationId !== 'string') return null;
  if (token.clientId === agentId) return delegationId;
  throw unacceptable('The token rests on a standing delegation to another agent.');
};
