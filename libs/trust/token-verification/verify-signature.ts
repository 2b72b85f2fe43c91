import { errors, jwtVerify, type CryptoKey, type JWTHeaderParameters } from 'jose';
import type { JsonObject } from '#libs/platform/kernel';
import { IssuerUnavailableError, TokenError } from './errors.js';
import type { JwtIssuer } from './trusted-issuer.js';
import type { VerifiedJwt } from './verified-token.js';

/** Finds the key that a token's header names, or throws the rejection. */
export type FindKey = (header: JWTHeaderParameters) => Promise<CryptoKey>;

/** Checks signature, issuer, audience and times; whatever is wrong comes as one of our rejections. */
export const verifySignature = async (
  token: string,
  findKey: FindKey,
  expected: { issuer: JwtIssuer; audiences: readonly string[]; now: Date },
): Promise<VerifiedJwt> => {
  const { issuer, audiences, now } = expected;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, findKey, {
      algorithms: [...issuer.algorithms],
      issuer: issuer.url,
      audience: [...audiences],
      clockTolerance: issuer.clockToleranceSeconds,
      currentDate: now,
    });
    return { header: protectedHeader, claims: payload as JsonObject };
  } catch (error) {
    throw asRejection(error);
  }
};

/** A thrown thing of jose's as the rejection that it means. */
export const asRejection = (error: unknown): Error => {
  if (error instanceof TokenError || error instanceof IssuerUnavailableError) return error;
  if (!(error instanceof errors.JOSEError)) throw error;
  if (error instanceof errors.JWTExpired) return new TokenError('expired', { cause: error });
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return new TokenError('wrong_audience', { cause: error });
    if (error.claim === 'nbf' && error.reason === 'check_failed')
      return new TokenError('not_yet_valid', { cause: error });
    return new TokenError('invalid_claims', { cause: error });
  }
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new TokenError('invalid_signature', { cause: error });
  if (error instanceof errors.JOSEAlgNotAllowed)
    return new TokenError('algorithm_not_allowed', { cause: error });
  return new TokenError('malformed', { cause: error });
};
