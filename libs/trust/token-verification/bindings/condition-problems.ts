import type { TokenProfile } from '../profiles/profile-names.js';
import type { BindingCondition } from './match-binding.js';

// In any issuer's tokens: what differs from token to token, what the requester of a token may choose, and
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

// Anybody who may push a branch, open a pull request or start a run decides these.
const AT_GITHUB: ReadonlyMap<string, string> = new Map([
  ['actor', 'it names the person who starts the run'],
  ['actor_id', 'it names the person who starts the run'],
  ['base_ref', 'the author of the pull request chooses it'],
  ['head_ref', 'the author of the pull request chooses it'],
  ['event_name', 'the person who starts the run chooses it'],
  ['workflow', 'the workflow’s file names itself'],
  ['sha', 'it differs from run to run'],
  ['run_id', 'it differs from run to run'],
  ['run_number', 'it differs from run to run'],
  ['run_attempt', 'it differs from run to run'],
]);

/** Why a condition on this claim would keep nobody out; undefined when it may. */
const whyNonIdentifying = (profile: TokenProfile, claim: string): string | undefined =>
  EVERYWHERE.get(claim) ?? (profile === 'github' ? AT_GITHUB.get(claim) : undefined);

const MAX_CONDITIONS = 20;

/** What is wrong with the claims that a binding asks for besides its subject. */
export const conditionProblems = (
  profile: TokenProfile,
  conditions: readonly BindingCondition[],
): readonly string[] => {
  if (conditions.length > MAX_CONDITIONS)
    return [`A binding has at most ${MAX_CONDITIONS} conditions.`];
  const repeated = conditions.filter(
    ({ claim }, index) => conditions.findIndex((other) => other.claim === claim) < index,
  );
  return [
    ...conditions.flatMap((condition) => problemsOf(profile, condition)),
    ...repeated.map(({ claim }) => `There are two conditions on the claim ${claim}. Keep one.`),
  ];
};

const problemsOf = (
  profile: TokenProfile,
  { claim, equals }: BindingCondition,
): readonly string[] => {
  if (claim.trim() === '' || !isNameOrPointer(claim))
    return ['A condition needs the name of a claim, or a JSON Pointer that begins with "/".'];
  if (equals.trim() === '')
    return [`The condition on the claim ${claim} needs the value that the claim must have.`];
  if (equals.includes('*'))
    return [
      `The condition on the claim ${claim} holds a wildcard; values are compared exactly. Give the exact value.`,
    ];
  const why = whyNonIdentifying(profile, topOf(claim));
  return why === undefined
    ? []
    : [`A condition on the claim ${claim} keeps nobody out: ${why}. Remove it.`];
};

const isNameOrPointer = (claim: string): boolean =>
  !claim.startsWith('/') || (claim.length > 1 && !/~(?![01])/.test(claim));

// "/aud" is the claim aud as well.
const topOf = (claim: string): string =>
  claim.startsWith('/')
    ? (claim.slice(1).split('/')[0] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
    : claim;
