import type { TokenProfile } from '../profiles/profile-names.js';

// In any issuer's tokens: what differs from token to token, what whoever asks for a token may choose, and
// names that can be given to somebody else (invariant I7).
const EVERYWHERE: ReadonlyMap<string, string> = new Map([
  ['aud', 'the issuer’s audiences are checked already'],
  ['iss', 'the issuer is checked already'],
  ['sub', 'the subject is the binding’s own'],
  ['exp', 'it differs from token to token'],
  ['iat', 'it differs from token to token'],
  ['nbf', 'it differs from token to token'],
  ['jti', 'it differs from token to token'],
  ['nonce', 'the caller chooses it'],
  ['scope', 'the caller asks for it'],
  ['scp', 'the caller asks for it'],
  ['email', 'an address can be given to somebody else'],
  ['name', 'a name can be given to somebody else'],
  ['preferred_username', 'a name can be given to somebody else'],
  ['upn', 'a name can be given to somebody else'],
  ['unique_name', 'a name can be given to somebody else'],
]);

// Whoever may push a branch, open a pull request or start a run decides these.
const AT_GITHUB: ReadonlyMap<string, string> = new Map([
  ['actor', 'whoever starts the run is named there'],
  ['actor_id', 'whoever starts the run is named there'],
  ['base_ref', 'whoever opens the pull request chooses it'],
  ['head_ref', 'whoever opens the pull request chooses it'],
  ['event_name', 'whoever starts the run chooses it'],
  ['workflow', 'the workflow’s file names itself'],
  ['sha', 'it differs from run to run'],
  ['run_id', 'it differs from run to run'],
  ['run_number', 'it differs from run to run'],
  ['run_attempt', 'it differs from run to run'],
]);

/** Why a condition on this claim would keep nobody out; undefined when it may. */
export const whyNonIdentifying = (profile: TokenProfile, claim: string): string | undefined =>
  EVERYWHERE.get(claim) ?? (profile === 'github' ? AT_GITHUB.get(claim) : undefined);
