import type { TokenProfile } from '../profiles/profile-names.js';
import type { BindingCondition } from './match-binding.js';
import { whyNonIdentifying } from './non-identifying-claims.js';

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
