import { isObject } from '#libs/platform/kernel';
import type { JWK } from 'jose';
import { isTokenProfile, TOKEN_PROFILES, type TokenProfile } from './profiles/profile-names.js';

/** The signature algorithms that an issuer may be allowed: asymmetric ones only (invariant I1). */
export const SIGNATURE_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** What it takes to check a signature of an issuer, whatever kind of JWT it is on. */
export interface JwtIssuer {
  readonly url: string;
  readonly algorithms: readonly string[];
  readonly clockToleranceSeconds: number;
  /** For how long a token may be valid from its issue. */
  readonly maxTokenAgeSeconds: number;
  /** Where its keys are, when it publishes no discovery document. */
  readonly keysUrl: string | null;
  /** Claims that a token must carry with exactly this value, for example a pinned tenant. */
  readonly requiredClaims: Readonly<Record<string, string>>;
}

/** An issuer whose tokens name agents, as the company registered it; every string compared exactly. */
export interface TrustedIssuer extends JwtIssuer {
  readonly id: string;
  /** What a token must name as its audience: one of these. */
  readonly audiences: readonly string[];
  readonly profile: TokenProfile;
}

/** Our own token endpoint. Its keys come with the snapshot; nothing is fetched. */
export interface OwnIssuer {
  readonly url: string;
  readonly audiences: readonly string[];
  /** The public keys whose tokens are still valid. */
  readonly keys: readonly JWK[];
}

/** Whom to trust at one epoch. */
export interface TrustedIssuers {
  readonly epoch: bigint;
  /** By the issuer's exact URL. */
  readonly issuers: ReadonlyMap<string, TrustedIssuer>;
  /** Null: this installation issues no tokens. */
  readonly own: OwnIssuer | null;
}

/** By so much an issuer's clock may differ from ours at most, whatever is set for it. */
export const MAX_CLOCK_TOLERANCE_SECONDS = 300;

/** What is set for an issuer's tokens when nobody says otherwise, and the longest that can be: a day, 31 days. */
export const DEFAULT_TOKEN_AGE_SECONDS = 86_400;
export const MAX_TOKEN_AGE_SECONDS = 31 * 86_400;

/**
 * Checks a registered issuer as a whole, so that a half-filled row can never widen what is accepted.
 * Throws an error that names the issuer and what to mend.
 */
export const trustedIssuer = (
  row: Omit<TrustedIssuer, 'profile' | 'requiredClaims'> & {
    profile: string;
    requiredClaims: unknown;
  },
): TrustedIssuer => {
  const reject = (what: string): never => {
    throw new Error(`The trusted issuer ${row.url || row.id} ${what}.`);
  };
  const { id, url, audiences, algorithms, keysUrl, clockToleranceSeconds, maxTokenAgeSeconds } =
    row;
  if (!isWebAddress(url)) return reject('needs an https address');
  if (keysUrl !== null && !isWebAddress(keysUrl))
    return reject('needs an https address of its keys, or none');
  if (isSecure(url) && keysUrl !== null && !isSecure(keysUrl))
    return reject('must publish its keys over https');
  if (audiences.length === 0 || audiences.some((audience) => audience.trim() === ''))
    return reject('needs the audience that its tokens must name');
  if (!isTokenProfile(row.profile))
    return reject(`names no known token profile (${TOKEN_PROFILES.join(', ')})`);
  const allowed: readonly string[] = SIGNATURE_ALGORITHMS;
  if (algorithms.length === 0 || !algorithms.every((name) => allowed.includes(name)))
    return reject(`must allow only asymmetric signature algorithms (${allowed.join(', ')})`);
  if (
    !Number.isInteger(clockToleranceSeconds) ||
    clockToleranceSeconds < 0 ||
    clockToleranceSeconds > MAX_CLOCK_TOLERANCE_SECONDS
  )
    return reject(`must have a clock tolerance of 0 to ${MAX_CLOCK_TOLERANCE_SECONDS} seconds`);
  if (
    !Number.isInteger(maxTokenAgeSeconds) ||
    maxTokenAgeSeconds < 1 ||
    maxTokenAgeSeconds > MAX_TOKEN_AGE_SECONDS
  )
    return reject(`must have a maximum token age of 1 to ${MAX_TOKEN_AGE_SECONDS} seconds`);
  const { requiredClaims } = row;
  if (!isRequiredClaims(requiredClaims))
    return reject('must name each required claim with the one text it must have');
  if (row.profile === 'entra' && requiredClaims['tid'] === undefined)
    return reject('must pin its tenant with the required claim tid');
  return {
    id,
    url,
    audiences,
    algorithms,
    keysUrl,
    clockToleranceSeconds,
    maxTokenAgeSeconds,
    requiredClaims,
    profile: row.profile,
  };
};

const isWebAddress = (url: string): boolean =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

const isSecure = (url: string): boolean => new URL(url).protocol === 'https:';

const isRequiredClaims = (value: unknown): value is Record<string, string> =>
  isObject(value) &&
  Object.entries(value).every(
    ([name, text]) => name !== '' && typeof text === 'string' && text !== '',
  );
