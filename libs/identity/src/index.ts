/** Sign-in with the company's IdP: routes, sessions, who a request comes from. */
export { SignInModule } from './sign-in/sign-in.module.js';
/** Every change of console sessions. */
export { signInCommands } from './sign-in/sign-in.commands.js';
/** The express-session handler on PostgreSQL. */
export { consoleSessions, type ConsoleSessions } from './sign-in/console-session.js';
/** Marks requests as secure by the public origin. */
export { secureContext } from './sign-in/secure-context.js';
/** Checks access tokens of the company's own issuers. */
export { TokenVerifier, type TrustedIssuers } from './tokens/token-verifier.js';
/** Why a token was not accepted. */
export {
  IssuerUnavailable,
  TokenRefusal,
  type TokenRefusalReason,
} from './tokens/token-refusal.js';
/** A registered issuer, checked as a whole. */
export { trustedIssuer, type TokenProfile, type TrustedIssuer } from './tokens/trusted-issuer.js';
/** How keys are looked up: libs/upstream's fetchDocument. */
export type { FetchDocument } from './tokens/fetch-document.js';
/** Who a token speaks for. */
export type { VerifiedToken } from './tokens/verified-token.js';
