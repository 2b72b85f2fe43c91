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

/** How an issuer writes its access tokens: RFC 9068, or plain `typ: JWT` under stricter conditions. */
export const TOKEN_PROFILES = ['rfc9068', 'jwt'] as const;

/** One of {@link TOKEN_PROFILES}. */
export type TokenProfile = (typeof TOKEN_PROFILES)[number];

/** An issuer whose tokens name agents, as the company registered it; every string compared exactly. */
export interface TrustedIssuer {
  readonly id: string;
  readonly url: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly profile: TokenProfile;
  readonly clockToleranceSeconds: number;
}

const MAX_CLOCK_TOLERANCE_SECONDS = 300;

/**
 * Checks a registered issuer as a whole, so that a half-filled row can never widen what is accepted.
 * Throws an error that names the issuer and what to mend.
 */
export const trustedIssuer = (
  row: Omit<TrustedIssuer, 'profile'> & { profile: string },
): TrustedIssuer => {
  const refuse = (what: string): never => {
    throw new Error(`The trusted issuer ${row.url || row.id} ${what}.`);
  };
  if (!URL.canParse(row.url) || !/^https?:$/.test(new URL(row.url).protocol))
    return refuse('needs an https address');
  if (row.audience.trim() === '') return refuse('needs the audience that its tokens must name');
  const profile = TOKEN_PROFILES.find((known) => known === row.profile);
  if (profile === undefined)
    return refuse(`names no known token profile (${TOKEN_PROFILES.join(', ')})`);
  const allowed: readonly string[] = SIGNATURE_ALGORITHMS;
  if (row.algorithms.length === 0 || !row.algorithms.every((name) => allowed.includes(name)))
    return refuse(`must allow only asymmetric signature algorithms (${allowed.join(', ')})`);
  const tolerance = row.clockToleranceSeconds;
  if (!Number.isInteger(tolerance) || tolerance < 0 || tolerance > MAX_CLOCK_TOLERANCE_SECONDS)
    return refuse(`must have a clock tolerance of 0 to ${MAX_CLOCK_TOLERANCE_SECONDS} seconds`);
  return { ...row, profile };
};
