import {
  AuthorizationError,
  personByDelegation,
  personByToken,
} from '#libs/trust/authorization-liveness';
import { TokenError, type TokenVerifier } from '#libs/trust/token-verification';
import { isUuid } from '#libs/platform/kernel';
import { CallError } from '../errors.js';
import type { GatewaySnapshot } from '../snapshot/gateway-snapshot.js';
import type { Caller, OnBehalfOf } from './caller.js';

const COMPACT_JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * For whom a call says that it is made. A name proves nothing: it takes a delegation that the person
 * granted to this agent, or a signed token about them (invariant I8).
 */
export const personByClaim = async (
  claim: string,
  caller: Caller,
  tokens: Pick<TokenVerifier, 'verify'>,
  snapshot: GatewaySnapshot,
): Promise<OnBehalfOf> => {
  const named = await personProvenBy(claim, caller, tokens, snapshot);
  const already = caller.onBehalfOf;
  if (already === null) return named;
  if (already.person.id === named.person.id) return already;
  throw new CallError(
    'person_mismatch',
    'The access token is about one person and onBehalfOf names another. Leave onBehalfOf out.',
  );
};

const personProvenBy = async (
  claim: string,
  caller: Caller,
  tokens: Pick<TokenVerifier, 'verify'>,
  snapshot: GatewaySnapshot,
): Promise<OnBehalfOf> => {
  if (isUuid(claim)) return byDelegation(claim, caller, snapshot);
  if (!COMPACT_JWT.test(claim))
    throw new CallError(
      'person_not_proven',
      'onBehalfOf must be a signed token about the person, or the id of a delegation that they granted; a name proves nothing.',
    );
  return byToken(claim, caller, tokens, snapshot);
};

const byDelegation = (id: string, { agent }: Caller, snapshot: GatewaySnapshot): OnBehalfOf => ({
  ...personByDelegation(id, agent.id, snapshot),
  identifiedBy: 'delegation',
});

// A bad token of the caller's own is 401; a bad one about somebody else proves nothing.
const byToken = async (
  claim: string,
  { agent }: Caller,
  tokens: Pick<TokenVerifier, 'verify'>,
  snapshot: GatewaySnapshot,
): Promise<OnBehalfOf> => {
  try {
    const token = await tokens.verify(claim, snapshot);
    // A caller cannot prove here that it holds the key of a token; and our own tokens are presented as the
    // access token itself.
    if (token.confirmationThumbprint !== null || token.issuerId === null)
      throw new AuthorizationError('unknown_person');
    return { ...personByToken(token, agent.id, snapshot), identifiedBy: 'subject_token' };
  } catch (error) {
    const isRejected = error instanceof TokenError || error instanceof AuthorizationError;
    throw isRejected ? personNotProven(error) : error;
  }
};

/** A token beside the caller's own that proves nothing about anybody: 403, since the caller itself is known. */
export const personNotProven = (rejection: TokenError | AuthorizationError): CallError =>
  new CallError('person_not_proven', `onBehalfOf: ${rejection.message}`, { cause: rejection });
