import { errors, jwtVerify, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { systemClock, type Clock } from '#libs/kernel';
import type { FetchDocument } from './fetch-document.js';
import { IssuerKeys } from './issuer-keys.js';
import { TokenCache } from './token-cache.js';
import { assertAccessToken, audiencesOf, clientOf } from './token-profile.js';
import { IssuerUnavailable, TokenRefusal } from './token-refusal.js';
import type { TrustedIssuer } from './trusted-issuer.js';
import { readUnverifiedToken, type UnverifiedToken } from './unverified-token.js';
import type { VerifiedToken } from './verified-token.js';

const MAX_SUBJECT_LENGTH = 1_000;

/** Whom to trust at one epoch. */
export interface TrustedIssuers {
  readonly epoch: bigint;
  /** By the issuer's exact URL. */
  readonly issuers: ReadonlyMap<string, TrustedIssuer>;
}

/** Checks access tokens of the company's own issuers (invariants I1, I5, I9). */
export class TokenVerifier {
  readonly #keys = new Map<string, IssuerKeys>();
  readonly #cache = new TokenCache();

  constructor(
    private readonly fetch: FetchDocument,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Throws `TokenRefusal` (the token is bad) or `IssuerUnavailable` (nobody can say). */
  async verify(token: string, trusted: TrustedIssuers): Promise<VerifiedToken> {
    const cached = this.#cache.get(token, trusted.epoch, this.clock.now());
    if (cached !== undefined) return cached;
    const unverified = readUnverifiedToken(token);
    const { iss } = unverified.claims;
    const issuer = typeof iss === 'string' ? trusted.issuers.get(iss) : undefined;
    if (issuer === undefined) throw new TokenRefusal('unknown_issuer');
    assertWorthVerifying(unverified, issuer);
    const claims = await this.#verifySignature(token, issuer);
    const verified = readClaims(claims, issuer, this.clock.now());
    this.#cache.set(token, verified, trusted.epoch, this.clock.now());
    return verified;
  }

  async #verifySignature(token: string, issuer: TrustedIssuer): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, (header) => this.#findKey(issuer.url, header), {
        algorithms: [...issuer.algorithms],
        issuer: issuer.url,
        audience: issuer.audience,
        clockTolerance: issuer.clockToleranceSeconds,
        currentDate: this.clock.now(),
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      throw asRefusal(error);
    }
  }

  #findKey(issuer: string, header: JWTHeaderParameters) {
    let keys = this.#keys.get(issuer);
    if (keys === undefined) {
      keys = new IssuerKeys(issuer, this.fetch, this.clock);
      this.#keys.set(issuer, keys);
    }
    return keys.find(header);
  }
}

// All of this is checked again, or signed, later; checked first, a token that can never pass costs no
// signature and no key look-up.
const assertWorthVerifying = (token: UnverifiedToken, issuer: TrustedIssuer): void => {
  if (!issuer.algorithms.includes(String(token.header['alg'])))
    throw new TokenRefusal('algorithm_not_allowed');
  assertAccessToken(token, issuer);
  if (!audiencesOf(token.claims).includes(issuer.audience))
    throw new TokenRefusal('wrong_audience');
};

const readClaims = (claims: JWTPayload, issuer: TrustedIssuer, now: Date): VerifiedToken => {
  const { sub, exp, iat, jti } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT_LENGTH)
    throw new TokenRefusal('invalid_claims');
  // 1e400 is a number to JSON and would never expire.
  if (typeof exp !== 'number' || !Number.isSafeInteger(Math.floor(exp)))
    throw new TokenRefusal('invalid_claims');
  const client = clientOf(claims);
  if (client === undefined) throw new TokenRefusal('invalid_claims');
  if (iat !== undefined && typeof iat !== 'number') throw new TokenRefusal('invalid_claims');
  if (iat !== undefined && iat > now.getTime() / 1000 + issuer.clockToleranceSeconds)
    throw new TokenRefusal('not_yet_valid');
  return {
    issuerId: issuer.id,
    issuer: issuer.url,
    subject: sub,
    clientId: client,
    tokenId: typeof jti === 'string' ? jti : null,
    expiresAt: new Date((exp + issuer.clockToleranceSeconds) * 1000),
  };
};

const asRefusal = (error: unknown): Error => {
  if (error instanceof TokenRefusal || error instanceof IssuerUnavailable) return error;
  if (!(error instanceof errors.JOSEError)) throw error;
  if (error instanceof errors.JWTExpired) return new TokenRefusal('expired', { cause: error });
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return new TokenRefusal('wrong_audience', { cause: error });
    if (error.claim === 'nbf' && error.reason === 'check_failed')
      return new TokenRefusal('not_yet_valid', { cause: error });
    return new TokenRefusal('invalid_claims', { cause: error });
  }
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new TokenRefusal('bad_signature', { cause: error });
  if (error instanceof errors.JOSEAlgNotAllowed)
    return new TokenRefusal('algorithm_not_allowed', { cause: error });
  return new TokenRefusal('malformed', { cause: error });
};
