import { compareText } from '#libs/platform/kernel';
import type { Effect } from '../parse/rule.js';
import type { CallRule } from './call-rules.js';

/** The rules of one published policy version. */
export interface PublishedRules {
  readonly policyVersionId: string;
  readonly policyName: string;
  readonly rules: readonly CallRule[];
}

/** A rule, and the version that it is from. */
export interface PublishedRule {
  readonly rule: CallRule;
  readonly policyVersionId: string;
}

/** Every rule in the published order: policies by name, rules as written. */
export const inPublishedOrder = (published: readonly PublishedRules[]): PublishedRule[] =>
  [...published]
    .sort(
      (a, b) =>
        compareText(a.policyName, b.policyName) ||
        compareText(a.policyVersionId, b.policyVersionId),
    )
    .flatMap(({ rules, policyVersionId }) => rules.map((rule) => ({ rule, policyVersionId })));

const PRECEDENCE: Readonly<Record<Effect, number>> = { deny: 0, hold: 1, allow: 2 };

/** Deny before hold before allow; what is alike stays in its order. */
export const byEffect = (a: Effect, b: Effect): number => PRECEDENCE[a] - PRECEDENCE[b];
