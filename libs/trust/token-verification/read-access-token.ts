import type { JWK } from 'jose';
import type { JsonObject } from '#libs/platform/kernel';
import { PROFILES } from './profiles/profiles.js';
import { isStorable, type Profile } from './profiles/profile.js';
import { NOTHING, derivedFromOf } from './derived-from.js';
import { TokenError } from './errors.js';
import {
  SIGNATURE_ALGORITHMS,
  type JwtIssuer,
  type OwnIssuer,
  type TrustedIssuer,
  type TrustedIssuers,
} from './trusted-issuer.js';
import type { UnverifiedToken } from './unverified-token.js';
import type { VerifiedJwt, VerifiedToken } from './verified-token.js';

/** Everything about the issuer that an access token names. */
export interface TokenSource {
  /** Null: it is ours. */
  readonly issuerId: string | null;
  readonly issuer: JwtIssuer;
  readonly audiences: readonly string[];
  readonly profile: Profile;
  /** Null: they are fetched from the issuer. */
  readonly ownKeys: readonly JWK[] | null;
}

/** Finds the issuer that a token names, exactly. Ours comes first: nobody else can be registered as us. */
export const tokenSource = (
  { claims: { iss } }: UnverifiedToken,
  { issuers, own }: TrustedIssuers,
): TokenSource => {
  if (typeof iss !== 'string') throw new TokenError('unknown_issuer');
  if (own !== null && iss === own.url) return ownSource(own);
  const issuer = issuers.get(iss);
  if (issuer === undefined) throw new TokenError('unknown_issuer');
  return trustedSource(issuer);
};

// As far as our replicas' clocks may differ (invariant I6).
const OWN_CLOCK_TOLERANCE_SECONDS = 5;

const ownSource = ({ url, audiences, keys }: OwnIssuer): TokenSource => ({
  issuerId: null,
  issuer: {
    url,
    algorithms: SIGNATURE_ALGORITHMS,
    clockToleranceSeconds: OWN_CLOCK_TOLERANCE_SECONDS,
    // How long ours are valid is decided when they are issued.
    maxTokenAgeSeconds: Number.POSITIVE_INFINITY,
    keysUrl: null,
    requiredClaims: {},
  },
  audiences,
  profile: PROFILES.rfc9068,
  ownKeys: keys,
});

const trustedSource = (issuer: TrustedIssuer): TokenSource => ({
  issuerId: issuer.id,
  issuer,
  audiences: issuer.audiences,
  profile: PROFILES[issuer.profile],
  ownKeys: null,
});

/** What verified claims say. Throws when one of them has no usable form. */
export const readAccessToken = (
  { header, claims }: VerifiedJwt,
  source: TokenSource,
): VerifiedToken => {
  const { exp, iat, jti, binding_id: bindingId } = claims;
  if (typeof exp !== 'number') throw new TokenError('invalid_claims');
  // Which was revoked is looked up by it.
  if (typeof jti === 'string' && !isStorable(jti)) throw new TokenError('invalid_claims');
  const isOwn = source.issuerId === null;
  const { kid } = header;
  return {
    issuerId: source.issuerId,
    issuer: source.issuer.url,
    ...source.profile.parties(claims),
    tokenId: typeof jti === 'string' ? jti : null,
    issuedAt: typeof iat === 'number' ? new Date(iat * 1000) : null,
    expiresAt: new Date((exp + source.issuer.clockToleranceSeconds) * 1000),
    claims,
    confirmationThumbprint: confirmation(claims),
    actors: isOwn ? actorsOf(claims) : [],
    keyId: isOwn && typeof kid === 'string' ? kid : null,
    bindingId: isOwn && typeof bindingId === 'string' ? bindingId : null,
    derivedFrom: isOwn ? derivedFromOf(claims) : NOTHING,
  };
};

// A confirmation that is not understood must not be overlooked: its token would be used as a bearer token.
const confirmation = ({ cnf }: JsonObject): string | null => {
  if (cnf === undefined) return null;
  if (typeof cnf !== 'object' || cnf === null || Array.isArray(cnf))
    throw new TokenError('unknown_confirmation');
  const { jkt, ...others } = cnf;
  if (typeof jkt !== 'string' || jkt === '' || Object.keys(others).length > 0)
    throw new TokenError('unknown_confirmation');
  return jkt;
};

const MAX_ACTORS = 16;

const actorsOf = ({ act }: JsonObject): readonly string[] => {
  const actors: string[] = [];
  for (let next = act; next !== undefined;) {
    if (typeof next !== 'object' || next === null || Array.isArray(next))
      throw new TokenError('invalid_claims');
    const { sub } = next;
    if (typeof sub !== 'string' || sub === '' || actors.length === MAX_ACTORS)
      throw new TokenError('invalid_claims');
    actors.push(sub);
    next = next['act'];
  }
  return actors;
};
