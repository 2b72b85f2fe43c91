import type { JsonObject } from '#libs/platform/kernel';
import { TokenError } from './errors.js';
import type { JwtIssuer } from './trusted-issuer.js';

// JSON's 1e400 is a number and would never end; nor would a date that JavaScript cannot hold.
const MAX_EPOCH_SECONDS = 253_402_300_799;

/** What jose does not check: times that no clock has, tokens of tomorrow, and claims that must be pinned. */
export const checkClaims = (
  claims: JsonObject,
  { clockToleranceSeconds, requiredClaims }: JwtIssuer,
  now: Date,
  maxAgeSeconds?: number,
): void => {
  for (const name of ['exp', 'nbf', 'iat']) assertTime(claims[name]);
  const { iat } = claims;
  const nowSeconds = now.getTime() / 1000;
  if (typeof iat === 'number' && iat > nowSeconds + clockToleranceSeconds)
    throw new TokenError('not_yet_valid');
  if (maxAgeSeconds !== undefined) {
    if (typeof iat !== 'number') throw new TokenError('invalid_claims');
    if (iat < nowSeconds - maxAgeSeconds - clockToleranceSeconds) throw new TokenError('expired');
  }
  for (const [name, value] of Object.entries(requiredClaims))
    if (!Object.hasOwn(claims, name) || claims[name] !== value)
      throw new TokenError('required_claim');
};

const assertTime = (value: JsonObject[string] | undefined): void => {
  if (value === undefined) return;
  if (typeof value !== 'number' || !(value >= 0 && value <= MAX_EPOCH_SECONDS))
    throw new TokenError('invalid_claims');
};
