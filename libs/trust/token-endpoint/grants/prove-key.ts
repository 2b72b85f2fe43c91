import { TokenError } from '#libs/trust/token-verification';
import { OAuthError } from '../errors.js';
import { tokenEndpoint } from '../endpoint/server-metadata.js';
import type { TokenDeps } from './token-deps.js';
import type { TokenRequest } from './token-request.js';

const REMEMBERED_MS = 120_000;

/**
 * The key that the token is bound to (RFC 9449 §5), if the request proves one. A token that is bound to a
 * key is exchanged by the key's holder only, and what comes of it stays bound.
 * @throws OAuthError `invalid_dpop_proof`
 */
export const proveKey = async (request: TokenRequest, deps: TokenDeps): Promise<void> => {
  const { dpopProof, bounds } = request;
  request.thumbprint = dpopProof === null ? null : await thumbprintOf(dpopProof, request, deps);
  const wanted = bounds.flatMap(({ confirmationThumbprint: jkt }) => (jkt === null ? [] : [jkt]));
  if (wanted.some((jkt) => jkt !== request.thumbprint))
    throw invalidProof('A presented token is bound to a key: send a DPoP proof by that key.');
};

const thumbprintOf = async (
  proof: string,
  { now }: TokenRequest,
  { proofs, usedTokenIds, config }: TokenDeps,
): Promise<string> => {
  const { thumbprint, tokenId } = await proofs
    .verify({
      proof,
      method: 'POST',
      url: tokenEndpoint(config.publicUrl),
      accessToken: null,
      thumbprint: null,
    })
    .catch((error: unknown) => {
      if (error instanceof TokenError) throw invalidProof(error.message);
      throw error;
    });
  // This process remembers its own; every other one has to know as well.
  const expiresAt = new Date(now.getTime() + REMEMBERED_MS);
  if (!(await usedTokenIds.isFirstUse('dpop', { issuer: thumbprint, tokenId, expiresAt })))
    throw invalidProof('The DPoP proof was used before: make one for each request.');
  return thumbprint;
};

const invalidProof = (message: string): OAuthError => new OAuthError('invalid_dpop_proof', message);
