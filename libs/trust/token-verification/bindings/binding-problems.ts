import type { Problem } from '#libs/platform/kernel';
import { isInteractive, isTokenProfile, type TokenProfile } from '../profiles/profile-names.js';
import { isServiceAccountName, isSpiffeId } from '../profiles/workload-names.js';
import { conditionProblems } from './condition-problems.js';
import { githubProblems } from './github-problems.js';
import type { BindingCondition } from './match-binding.js';

/** A binding that somebody wants to save, and what is known of its issuer. */
export interface ProposedBinding {
  readonly kind: 'subject' | 'client';
  /** The issuer's token profile. */
  readonly profile: string;
  /** The subject, or the client's id; by the kind. */
  readonly subject: string;
  readonly conditions: readonly BindingCondition[];
  /** The issuer's audiences. */
  readonly audiences: readonly string[];
}

/**
 * Why a binding could match more than is meant, or could never match; one sentence each, none when it is
 * good. Everything is compared exactly, so a pattern is never what it looks like.
 */
export const bindingProblems = (binding: ProposedBinding): readonly Problem[] => {
  const { profile, conditions, audiences } = binding;
  // Deny by default: it is not known what tokens of an unknown form name.
  if (!isTokenProfile(profile))
    return at('issuerId', ['The issuer has no known token profile. Choose one for it first.']);
  return [
    ...at('issuerId', audienceProblems(audiences)),
    ...at('subject', nameProblems(binding, profile)),
    ...at('conditions', conditionProblems(profile, conditions)),
    ...(binding.kind === 'subject' ? workloadProblems(binding, profile) : []),
  ];
};

const at = (path: string, sentences: readonly string[]): readonly Problem[] =>
  sentences.map((message) => ({ path, message }));

const audienceProblems = (audiences: readonly string[]): readonly string[] => {
  if (audiences.length === 0 || audiences.some((audience) => audience.trim() === ''))
    return [
      'The issuer has no audience, so tokens meant for others would be accepted. Give it one first.',
    ];
  return audiences.some((audience) => audience.includes('*'))
    ? ['An audience of the issuer holds a wildcard; audiences are compared exactly. Name each one.']
    : [];
};

const nameProblems = (
  { kind, subject }: ProposedBinding,
  profile: TokenProfile,
): readonly string[] => {
  const what = kind === 'client' ? 'client' : 'subject';
  if (kind === 'client' && !isInteractive(profile))
    return [`Tokens of the profile ${profile} have no client. Bind a subject instead.`];
  if (subject.trim() === '') return [`The ${what} is empty. Give the exact value of the token.`];
  if (/[*?]/.test(subject))
    return [`The ${what} holds a wildcard; it is compared exactly. Make one binding for each.`];
  if (subject !== subject.trim() || hasInvisible(subject))
    return [`The ${what} holds blanks at an end or characters that cannot be seen. Remove them.`];
  if (kind === 'subject' && isInteractive(profile) && /^\S+@\S+\.\S+$/.test(subject))
    return [
      'The subject looks like an e-mail address, which can be given to somebody else. Bind the id that does not change.',
    ];
  return [];
};

// Controls, bidi marks and zero-width characters: two names that look alike must not be two names.
const hasInvisible = (text: string): boolean =>
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text) || !text.isWellFormed();

const workloadProblems = (binding: ProposedBinding, profile: TokenProfile): readonly Problem[] => {
  const { subject } = binding;
  switch (profile) {
    case 'kubernetes':
      return isServiceAccountName(subject)
        ? []
        : at('subject', [
            'A Kubernetes subject names one account: system:serviceaccount:NAMESPACE:NAME.',
          ]);
    case 'spiffe':
      return isSpiffeId(subject)
        ? []
        : at('subject', [
            'A SPIFFE id names one workload: spiffe://TRUST-DOMAIN/PATH, with a path.',
          ]);
    case 'github':
      return githubProblems(binding);
    case 'rfc9068':
    case 'jwt':
    case 'entra':
    case 'okta':
      return [];
    default:
      throw new Error(`unknown token profile: ${String(profile satisfies never)}`);
  }
};
