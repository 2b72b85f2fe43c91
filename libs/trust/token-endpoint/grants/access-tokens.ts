import { AuthorizationError, namedActor } from '#libs/trust/authorization-liveness';
import {
  IssuerUnavailableError,
  scopeLimit,
  TokenError,
  type VerifiedToken,
} from '#libs/trust/token-verification';
import { DomainError } from '#libs/platform/kernel';
import { OAuthError, type OAuthErrorCode } from '../errors.js';
import type { Asked } from '../trust/asked-names.js';
import { readTrustFacts, type RowFacts } from '../trust/trust-facts.js';
import type { TokenDeps } from './token-deps.js';
import type { TokenRequest } from './token-request.js';

/** The one type of token that is exchanged as it is. */
export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';

/** Checks an access token that a request presents, and lets it bound what comes of it. */
export const verifyPresented = async (
  request: TokenRequest,
  token: string,
  { trust, verifier }: TokenDeps,
): Promise<VerifiedToken> => {
  const verified = await verifier.verify(token, await trust.read());
  const { claims, confirmationThumbprint } = verified;
  request.bounds.push({
    // The claim itself: the issuer's clock tolerance is no part of how long it lasts.
    expiresAt: new Date(Number(claims['exp']) * 1000),
    scopes: scopeLimit(claims),
    confirmationThumbprint,
  });
  return verified;
};

/** What the rows say about it now; the command that issues the token looks at them once more. */
export const factsAbout = (
  asked: Asked,
  { now }: TokenRequest,
  { db, config, signedBy }: TokenDeps,
): Promise<RowFacts> => readTrustFacts(db, { url: config.publicUrl, signedBy }, asked, now);

/** The same about a token, with the delegation and the actor that it names. */
export const factsAboutToken = (
  token: VerifiedToken,
  request: TokenRequest,
  deps: TokenDeps,
): Promise<RowFacts> => {
  const { delegation_id: delegationId } = token.claims;
  const actor = namedActor(token);
  const asked = {
    tokens: [token],
    actors: actor ? [actor] : [],
    delegationIds: typeof delegationId === 'string' ? [delegationId] : [],
  };
  return factsAbout(asked, request, deps);
};

/** Turns what the verifier or the rules throw into the endpoint's own rejection. */
export const asOAuthError = (error: unknown, code: OAuthErrorCode, what: string): unknown => {
  if (error instanceof TokenError || error instanceof AuthorizationError)
    return new OAuthError(code, `The ${what} is not accepted: ${error.message}`, { cause: error });
  if (error instanceof IssuerUnavailableError)
    return new DomainError('unavailable', error.message, { cause: error });
  return error;
};
