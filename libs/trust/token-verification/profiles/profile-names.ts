/**
 * How an issuer writes its access tokens: RFC 9068; plain `typ: JWT` under stricter conditions; Microsoft
 * Entra (v2); Okta (custom authorization servers); and three kinds of workload: SPIFFE JWT-SVIDs,
 * Kubernetes service accounts, GitHub Actions.
 */
export const TOKEN_PROFILES = [
  'rfc9068',
  'jwt',
  'entra',
  'okta',
  'spiffe',
  'kubernetes',
  'github',
] as const;

/** One of {@link TOKEN_PROFILES}. */
export type TokenProfile = (typeof TOKEN_PROFILES)[number];

/** Whether a text names a profile. */
export const isTokenProfile = (name: string): name is TokenProfile =>
  TOKEN_PROFILES.some((known) => known === name);

const INTERACTIVE: ReadonlySet<TokenProfile> = new Set(['rfc9068', 'jwt', 'entra', 'okta']);

/** Whether people sign in at issuers of this profile; the others know workloads only, and no clients. */
export const isInteractive = (profile: TokenProfile): boolean => INTERACTIVE.has(profile);

/**
 * The ID token's claim that names the same person as this profile's access tokens do. Entra's `sub`
 * differs from application to application, so there it is `oid`, which is one in the whole tenant.
 */
export const signInSubjectClaim = (profile: TokenProfile): 'sub' | 'oid' =>
  profile === 'entra' ? 'oid' : 'sub';
