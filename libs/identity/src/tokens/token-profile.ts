import type { TokenProfile, TrustedIssuer } from './trusted-issuer.js';
import { TokenRefusal } from './token-refusal.js';
import type { UnverifiedToken } from './unverified-token.js';

type Check = (token: UnverifiedToken, issuer: TrustedIssuer) => void;

/**
 * What makes a JWT an access token, by the issuer's profile (invariant I9). It keeps ID tokens, ID-JAGs,
 * logout tokens and the like out, all of which the same issuer signs with the same keys.
 */
export const assertAccessToken: Check = (token, issuer) => PROFILES[issuer.profile](token, issuer);

const RFC9068_CLAIMS = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'];
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash'];

const rfc9068: Check = ({ header, claims }) => {
  if (mediaType(header['typ']) !== 'at+jwt') throw new TokenRefusal('not_an_access_token');
  if (RFC9068_CLAIMS.some((claim) => claims[claim] === undefined || claims[claim] === null))
    throw new TokenRefusal('not_an_access_token');
};

const plainJwt: Check = ({ header, claims }) => {
  if (mediaType(header['typ']) !== 'jwt') throw new TokenRefusal('not_an_access_token');
  const client = clientOf(claims);
  if (client === undefined || ID_TOKEN_CLAIMS.some((claim) => Object.hasOwn(claims, claim)))
    throw new TokenRefusal('not_an_access_token');
  // An ID token's audience is its client; an access token's is the API.
  if (audiencesOf(claims).includes(client)) throw new TokenRefusal('not_an_access_token');
};

const PROFILES: Record<TokenProfile, Check> = { rfc9068, jwt: plainJwt };

/** The client a token was issued to, by either of the names that issuers use for it. */
export const clientOf = (claims: UnverifiedToken['claims']): string | undefined => {
  const client = claims['client_id'] ?? claims['azp'];
  return typeof client === 'string' && client !== '' ? client : undefined;
};

/** The audiences as a list; empty when the claim has neither of its two forms. */
export const audiencesOf = (claims: UnverifiedToken['claims']): readonly string[] => {
  const { aud } = claims;
  if (typeof aud === 'string') return [aud];
  if (!Array.isArray(aud) || !aud.every((one) => typeof one === 'string')) return [];
  return aud;
};

// RFC 7515 §4.1.9: media types compare without case, and "application/" may be left out.
const mediaType = (typ: unknown): string | undefined =>
  typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined;
