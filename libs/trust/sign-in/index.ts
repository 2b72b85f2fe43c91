/** Sign-in with the company's IdP: routes, sessions, who a request comes from. */
export { SignInModule } from './sign-in.module.js';
/** Every change of console sessions. */
export { signInCommands } from './sign-in.commands.js';
export { onAccessEnded } from './access-ended.js';
/** Ends the console sessions that began at one issuer, in a command's own transaction. */
export { endSessionsOfIssuer } from './end-sessions.js';
/** What an administrator configures for sign-in at an issuer. */
export { signInRedirectUri } from './providers/sign-in-providers.js';
export { signInSecretContext } from './providers/sign-in-secret.js';
/** Who a person is to an issuer; each works in the caller's transaction. */
export {
  confirmIdentities,
  insertIdentity,
  unlinkClaimedIdentities,
  unlinkUnconfirmed,
} from './linking/identities.js';
export { LINK_ATTRIBUTES } from './linking/link-rule.js';
/** How IdPs end sessions (`Protocol` of its address). */
export { LOGOUT_PROTOCOL } from './logout/logout-protocol.js';
/** The express-session handler on PostgreSQL. */
export { consoleSessions } from './console-session.js';
/** Marks requests as secure by the public origin. */
export { secureContext } from './secure-context.js';
