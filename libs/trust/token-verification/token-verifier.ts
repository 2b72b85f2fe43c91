import { systemClock, type Clock } from '#libs/platform/kernel';
import { checkClaims } from './check-claims.js';
import type { FetchDocument } from './keys/fetch-document.js';
import { IssuerKeys } from './keys/issuer-keys.js';
import { ownKeySet } from './keys/own-keys.js';
import { audiencesOf, mediaType } from './profiles/profile.js';
import { readAccessToken, tokenSource } from './read-access-token.js';
import { TokenCache } from './token-cache.js';
import { TokenError } from './errors.js';
import type { JwtIssuer, TrustedIssuers } from './trusted-issuer.js';
import { readUnverifiedToken, type UnverifiedToken } from './unverified-token.js';
import type { VerifiedJwt, VerifiedToken } from './verified-token.js';
import { verifySignature, type FindKey } from './verify-signature.js';

/** What a JWT that is no access token must be. */
export interface ExpectedJwt {
  /** The `typ` values that are asked for, in lower case without "application/"; null: none at all. */
  readonly typ: readonly (string | null)[];
  /** It must name one of these as its audience, exactly. */
  readonly audiences: readonly string[];
  /** The claims that must be there, besides `iss` and `aud`. */
  readonly requiredClaims: readonly string[];
  /** How old `iat` may make it, for kinds without an `exp`; then `iat` must be there. */
  readonly maxAgeSeconds?: number;
}

/** Checks JWTs of the company's own issuers and of ours (invariants I1, I5, I9). */
export class TokenVerifier {
  readonly #keys = new Map<string, IssuerKeys>();
  readonly #cache = new TokenCache();

  constructor(
    private readonly fetch: FetchDocument,
    private readonly clock: Clock = systemClock,
  ) {}

  /** An access token. Throws `TokenError` (it is bad) or `IssuerUnavailableError` (nobody can say). */
  async verify(token: string, trusted: TrustedIssuers): Promise<VerifiedToken> {
    const cached = this.#cache.get(token, trusted.epoch, this.clock.now());
    if (cached?.isKeyStillPublished()) return cached.token;
    const unverified = readUnverifiedToken(token);
    const source = tokenSource(unverified, trusted);
    assertAlgorithm(unverified, source.issuer);
    source.profile.assertAccessToken(unverified);
    assertAudience(unverified, source.audiences);
    // Our own keys come with the epoch.
    let isKeyStillPublished = always;
    const findKey: FindKey = async (header) => {
      if (source.ownKeys !== null) return ownKeySet(source.ownKeys)(header);
      const found = await this.#keysOf(source.issuer).find(header);
      isKeyStillPublished = found.isStillPublished;
      return found.key;
    };
    const jwt = await this.#verify(token, source.issuer, source.audiences, findKey);
    const verified = readAccessToken(jwt, source);
    const known = { token: verified, isKeyStillPublished };
    this.#cache.set(token, known, trusted.epoch, this.clock.now());
    return verified;
  }

  /**
   * A JWT of another kind (an ID-JAG, a logout token, a security event), with the same keys, limits and
   * header checks. A kind that is not asked for is rejected. Throws as {@link TokenVerifier.verify} does.
   * Whether its `jti` was used before is the caller's to ask.
   */
  async verifyJwt(token: string, issuer: JwtIssuer, expected: ExpectedJwt): Promise<VerifiedJwt> {
    const unverified = readUnverifiedToken(token);
    if (!expected.typ.includes(mediaType(unverified.header['typ']) ?? null))
      throw new TokenError('wrong_type');
    if (unverified.claims['iss'] !== issuer.url) throw new TokenError('unknown_issuer');
    if (expected.requiredClaims.some((name) => (unverified.claims[name] ?? null) === null))
      throw new TokenError('invalid_claims');
    assertAlgorithm(unverified, issuer);
    assertAudience(unverified, expected.audiences);
    return this.#verify(
      token,
      issuer,
      expected.audiences,
      async (header) => (await this.#keysOf(issuer).find(header)).key,
      expected.maxAgeSeconds,
    );
  }

  async #verify(
    token: string,
    issuer: JwtIssuer,
    audiences: readonly string[],
    findKey: FindKey,
    maxAgeSeconds?: number,
  ): Promise<VerifiedJwt> {
    const now = this.clock.now();
    const verified = await verifySignature(token, findKey, { issuer, audiences, now });
    checkClaims(verified.claims, issuer, now, maxAgeSeconds);
    return verified;
  }

  #keysOf(issuer: JwtIssuer): IssuerKeys {
    // An issuer whose keys move to another address starts anew.
    const id = JSON.stringify([issuer.url, issuer.keysUrl]);
    let keys = this.#keys.get(id);
    if (keys === undefined) {
      keys = new IssuerKeys(issuer, this.fetch, this.clock);
      this.#keys.set(id, keys);
    }
    return keys;
  }
}

const always = (): boolean => true;

// Both are checked again with the signature; checked first, a token that can never pass costs no
// signature and no key look-up.
const assertAlgorithm = ({ header }: UnverifiedToken, { algorithms }: JwtIssuer): void => {
  if (!algorithms.includes(String(header['alg']))) throw new TokenError('algorithm_not_allowed');
};

const assertAudience = ({ claims }: UnverifiedToken, audiences: readonly string[]): void => {
  if (!audiencesOf(claims).some((audience) => audiences.includes(audience)))
    throw new TokenError('wrong_audience');
};
