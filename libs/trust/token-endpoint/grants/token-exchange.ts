import { AuthorizationError, canAct, personByToken } from '#libs/trust/authorization-liveness';
import type { VerifiedToken } from '#libs/trust/token-verification';
import { OAuthError } from '../errors.js';
import {
  ACCESS_TOKEN_TYPE,
  asOAuthError,
  factsAboutToken,
  verifyPresented,
} from './access-tokens.js';
import { DELEGATION_TYPE, proveByDelegation } from './delegation.js';
import type { TokenDeps } from './token-deps.js';
import { required } from './token-form.js';
import type { TokenCaller, TokenRequest } from './token-request.js';

/** RFC 8693: one token for another, for the agent itself or on a person's behalf. */
export const proveByExchange = async (request: TokenRequest, deps: TokenDeps): Promise<void> => {
  const { form, caller } = request;
  const type = required(form, 'subject_token_type');
  const presented = required(form, 'subject_token');
  assertActor(request);
  if (type !== DELEGATION_TYPE && type !== ACCESS_TOKEN_TYPE)
    throw unacceptable(`A subject token must be of the type ${ACCESS_TOKEN_TYPE}.`);
  try {
    if (type === DELEGATION_TYPE) return await proveByDelegation(request, presented, deps);
    const token = caller.authenticationMethod === 'subject_token' ? caller.token : null;
    await proveByToken(request, token ?? (await verifyPresented(request, presented, deps)), deps);
  } catch (error) {
    throw asOAuthError(error, 'invalid_request', 'subject token');
  }
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

const proveByToken = async (
  request: TokenRequest,
  token: VerifiedToken,
  deps: TokenDeps,
): Promise<void> => {
  const { caller } = request;
  const { agentId } = caller;
  request.subjectToken = token;
  const facts = await factsAboutToken(token, request, deps);
  if (isOfAgentItself(token, caller)) {
    if (canAct(token, agentId, facts)) return;
    throw new AuthorizationError('actor_mismatch');
  }
  const { person, delegation, issuedTo, actors } = personByToken(token, agentId, facts);
  request.subject = {
    personId: person.id,
    identifiedBy: 'subject_token',
    delegationId: delegation?.id ?? null,
    issuedTo,
    actors,
  };
};

const isAboutPerson = (caller: TokenCaller, token: VerifiedToken | null): boolean =>
  token !== null && token.issuerId === null && token.subject !== caller.agentId;

const isOfAgentItself = (token: VerifiedToken, caller: TokenCaller): boolean => {
  if (token.issuerId === null) return token.subject === caller.agentId;
  return token === caller.token && caller.bindingKind === 'subject';
};

// RFC 8693 §2.2.2: a subject or actor token that is not acceptable, for whatever reason, is this error.
const unacceptable = (message: string): OAuthError => new OAuthError('invalid_request', message);
