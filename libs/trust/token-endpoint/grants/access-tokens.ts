import {
  IssuerUnavailableError,
  scopeLimit,
  TokenError,
  type VerifiedToken,
} from '#libs/trust/token-verification';
import { DomainError } from '#libs/platform/kernel';
import { OAuthError, type OAuthErrorCode } from '../endpoint/oauth-error.js';
import { tokenDigest } from '../token-digest.js';
import type { TokenDeps } from './token-deps.js';
import type { Bound, TokenRequest } from './token-request.js';

/** The one type of token that is exchanged as it is. */
export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';

/** Checks an access token that a request shows, and lets it bound what comes of it. */
export const verifyPresented = async (
  request: TokenRequest,
  token: string,
  { trust, verifier, db }: TokenDeps,
): Promise<VerifiedToken> => {
  const verified = await verifier.verify(token, await trust.read());
  await assertNotBlocked(verified, db);
  request.bounds.push(boundOf(verified));
  return verified;
};

// As at the gateway: what somebody blocked in the inbox of unregistered callers opens nothing here either.
const assertNotBlocked = async (
  { issuerId, subject, clientId }: VerifiedToken,
  db: TokenDeps['db'],
): Promise<void> => {
  if (issuerId === null) return;
  const caller = { issuerId, subject, clientId: clientId ?? '' };
  const where = { ...caller, blockedAt: { not: null } };
  if ((await db.unregisteredAgent.count({ where })) > 0) throw new TokenError('revoked');
};

/** Turns what a verifier throws into the endpoint's own rejection. */
export const asOAuthError = (error: unknown, code: OAuthErrorCode, what: string): unknown => {
  if (error instanceof TokenError)
    return new OAuthError(code, `The ${what} is not accepted: ${error.message}`, { cause: error });
  if (error instanceof IssuerUnavailableError)
    return new DomainError('unavailable', error.message, { cause: error });
  return error;
};

/** Which token it was, for the ledger. */
export const digestOf = ({ issuer, tokenId }: VerifiedToken): string | null =>
  tokenId === null ? null : tokenDigest(issuer, tokenId);

const boundOf = (token: VerifiedToken): Bound => {
  const { issuer, issuerId, tokenId, claims, confirmationThumbprint, derivedFrom } = token;
  return {
    // The claim itself: the issuer's clock tolerance is no part of how long it lasts.
    expiresAt: new Date(Number(claims['exp']) * 1000),
    scopes: scopeLimit(claims),
    confirmationThumbprint,
    token: tokenId === null ? null : { issuer, tokenId },
    issuerId,
    derivedFrom: { ...derivedFrom, bindingIds: bindingsOf(token) },
  };
};

// A token of ours counts only as long as the binding that it was got by; so does what comes of it.
const bindingsOf = ({ issuerId, claims, derivedFrom }: VerifiedToken): readonly string[] => {
  const { binding_id: bindingId } = claims;
  return issuerId === null && typeof bindingId === 'string'
    ? [...derivedFrom.bindingIds, bindingId]
    : derivedFrom.bindingIds;
};
