/** Sign-in with the company's IdP: routes, sessions, who a request comes from. */
export { SignInModule } from './sign-in/sign-in.module.js';
/** Every change of console sessions. */
export { signInCommands } from './sign-in/sign-in.commands.js';
/** Ends every console session of a person, in a command's own transaction. */
export { endSessionsOf } from './sign-in/end-sessions.js';
/** Ends the console sessions that began at one issuer, in a command's own transaction. */
export { endSessionsOfIssuer } from './sign-in/end-sessions.js';
/** What an issuer's sign-in needs of whoever sets it up. */
export { signInRedirectUri } from './sign-in/providers/sign-in-providers.js';
export { signInSecretContext } from './sign-in/providers/sign-in-secret.js';
export { LINK_ATTRIBUTES } from './sign-in/linking/link-rule.js';
/** How IdPs end sessions (`Protocol` of its address). */
export { LOGOUT_PROTOCOL } from './sign-in/logout/logout-protocol.js';
/** The express-session handler on PostgreSQL. */
export { consoleSessions, type ConsoleSessions } from './sign-in/console-session.js';
/** Marks requests as secure by the public origin. */
export { secureContext } from './sign-in/secure-context.js';
/** Checks access tokens, and other JWTs, of the company's own issuers and of ours. */
export { TokenVerifier, type ExpectedJwt } from './tokens/token-verifier.js';
/** The verifier that everything in a process shares, with keys fetched over the checked way out. */
export { createTokenVerifier } from './tokens/create-token-verifier.js';
/** Why a token was not accepted. */
export {
  IssuerUnavailable,
  TokenRefusal,
  type TokenRefusalReason,
} from './tokens/token-refusal.js';
/** A registered issuer, checked as a whole, and whom to trust at one epoch. */
export {
  SIGNATURE_ALGORITHMS,
  trustedIssuer,
  type JwtIssuer,
  type OwnIssuer,
  type TrustedIssuer,
  type TrustedIssuers,
} from './tokens/trusted-issuer.js';
/** The ways in which issuers write their access tokens. */
export {
  TOKEN_PROFILES,
  isInteractive,
  isTokenProfile,
  type TokenProfile,
} from './tokens/profiles/profile-names.js';
/** How keys are looked up: libs/upstream's fetchDocument. */
export type { FetchDocument } from './tokens/keys/fetch-document.js';
/** Where an issuer describes itself: for a test of its connection. */
export { metadataAddresses } from './tokens/keys/discovery.js';
/** Which of a published key set may check signatures. */
export { soundKeys } from './tokens/keys/sound-keys.js';
/** Reads a JWT without believing it, strictly: to find the issuer that must be asked about it. */
export { readUnverifiedToken, type UnverifiedToken } from './tokens/unverified-token.js';
/** Who a token speaks for. */
export type { VerifiedJwt, VerifiedToken } from './tokens/verified-token.js';
/** What a token of our own was got by. */
export { NOTHING, type RestsOn } from './tokens/rests-on.js';
/** Whether a token is a binding's, exactly. */
export {
  matchesBinding,
  type BindingCondition,
  type TokenBinding,
} from './tokens/bindings/match-binding.js';
/** Why a binding could match more than is meant. */
export { bindingProblems, type ProposedBinding } from './tokens/bindings/binding-problems.js';
/** Proofs of possession (RFC 9449). */
export { DpopProofs, type DpopProof, type DpopRequest } from './tokens/dpop/dpop-proofs.js';
/** The algorithms that such a proof may use. */
export { DPOP_ALGORITHMS } from './tokens/dpop/dpop-algorithms.js';
/** What a token's `scope` claim lets it reach. */
export {
  ALL_TOOLS,
  isToolScope,
  scopeAllows,
  scopeLimit,
  toolScope,
  toolScopes,
} from './tokens/scope.js';
