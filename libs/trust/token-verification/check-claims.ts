import type { JsonObject } from '#libs/platform/kernel';
import { malformedClaim } from './claim-types.js';
import { TokenError } from './errors.js';
import type { JwtIssuer } from './trusted-issuer.js';

/** What jose does not check: the claims' forms, tokens of tomorrow, and claims that must be pinned. */
export const checkClaims = (
  claims: JsonObject,
  { clockToleranceSeconds, maxTokenAgeSeconds, requiredClaims }: JwtIssuer,
  now: Date,
  maxAgeSeconds?: number,
): void => {
  if (malformedClaim(claims) !== undefined) throw new TokenError('invalid_claims');
  const { iat, exp } = claims;
  const nowSeconds = now.getTime() / 1000;
  if (typeof iat === 'number' && iat > nowSeconds + clockToleranceSeconds)
    throw new TokenError('not_yet_valid');
  // With the check of exp this also bounds how long ago it was issued. Without iat: from now at the earliest.
  const issuedAt = typeof iat === 'number' ? iat : nowSeconds;
  if (typeof exp === 'number' && exp - issuedAt > maxTokenAgeSeconds)
    throw new TokenError('too_long_lived');
  if (maxAgeSeconds !== undefined) {
    if (typeof iat !== 'number') throw new TokenError('invalid_claims');
    if (iat < nowSeconds - maxAgeSeconds - clockToleranceSeconds) throw new TokenError('expired');
  }
  for (const [name, value] of Object.entries(requiredClaims))
    if (!Object.hasOwn(claims, name) || claims[name] !== value)
      throw new TokenError('required_claim');
};
