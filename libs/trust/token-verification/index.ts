/** Checks access tokens, and other JWTs, of the company's own issuers and of ours. */
export { TokenVerifier } from './token-verifier.js';
/** The verifier that everything in a process shares, with keys fetched over the checked way out. */
export { createTokenVerifier } from './create-token-verifier.js';
/** Why a token was not accepted. */
export { IssuerUnavailableError, TokenError } from './errors.js';
/** What of a verified token's claims has to be checked, whichever library verified its signature. */
export { checkClaims } from './check-claims.js';
export { malformedClaim } from './claim-types.js';
/** A registered issuer, checked as a whole, and whom to trust at one epoch. */
export {
  DEFAULT_TOKEN_AGE_SECONDS,
  MAX_CLOCK_TOLERANCE_SECONDS,
  MAX_TOKEN_AGE_SECONDS,
  SIGNATURE_ALGORITHMS,
  trustedIssuer,
  type JwtIssuer,
  type OwnIssuer,
  type TrustedIssuer,
  type TrustedIssuers,
} from './trusted-issuer.js';
/** The ways in which issuers write their access tokens. */
export {
  TOKEN_PROFILES,
  isInteractive,
  isTokenProfile,
  signInSubjectClaim,
  type TokenProfile,
} from './profiles/profile-names.js';
/** Where an issuer describes itself: for a test of its connection. */
export { metadataAddresses } from './keys/discovery.js';
/** Which of a published key set may check signatures. */
export { validateKeys } from './keys/validate-keys.js';
/** Reads a JWT without believing it, strictly: to find the issuer that must be asked about it. */
export { readUnverifiedToken, type UnverifiedToken } from './unverified-token.js';
/** Who a token speaks for. */
export type { VerifiedToken } from './verified-token.js';
/** What a token of our own was got by. */
export { NOTHING, type DerivedFrom } from './derived-from.js';
/** Whether a token is a binding's, exactly. */
export {
  matchesBinding,
  type BindingCondition,
  type TokenBinding,
} from './bindings/match-binding.js';
/** A claim that names somebody, and can be looked up. */
export { nameClaim } from './profiles/profile.js';
/** Why a binding could match more than is meant. */
export { bindingProblems } from './bindings/binding-problems.js';
/** Proofs of possession (RFC 9449). */
export { DpopProofs, type DpopProof } from './dpop/dpop-proofs.js';
/** The algorithms that such a proof may use. */
export { DPOP_ALGORITHMS } from './dpop/dpop-algorithms.js';
/** What a token's `scope` claim lets it reach. */
export { ALL_TOOLS, isToolScope, scopeAllows, scopeLimit, toolScope, toolScopes } from './scope.js';
