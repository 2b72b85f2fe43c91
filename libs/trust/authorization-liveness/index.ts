/** Whom a verified token or a delegation names: exactly one, or nobody. */
export { canAct, identifyAgent, personByDelegation, personByToken } from './identify.js';
/** Who may act on a token, as it says itself. */
export { namedActor, type NamedActor } from './named-actor.js';
/** Whether that is still authorized, by these facts at this time. */
export {
  assertAgentAuthorized,
  assertPersonAuthorized,
  assertTokenAuthorized,
} from './assert-authorized.js';
/** What was presented. */
export { MAX_ACTORS, type IssuedTo, type PersonProof, type PresentedToken } from './proofs.js';
/** What the rules read, of a snapshot or of rows. */
export type {
  KnownAgent,
  KnownBinding,
  KnownDelegation,
  KnownPerson,
  Lookup,
  TrustFacts,
} from './trust-facts.js';
/** Why somebody with a good token is not authorized. */
export { AuthorizationError } from './errors.js';
/** How entries and revocations name a token. */
export { digestOf, tokenDigest } from './token-digest.js';
