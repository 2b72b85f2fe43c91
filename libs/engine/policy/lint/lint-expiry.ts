import { problem, type PolicyProblem } from '../yaml/problem.js';
import { isInForce, type Rule } from '../parse/rule.js';

/** The moment at which a policy is looked at, and the rules that were in force before it. */
export interface LintTimestamp {
  readonly now: Date;
  /** Those of the version that the text is based on: one of them that has ended need not go first. */
  readonly before?: readonly Pick<Rule, 'name' | 'expiresAtMs'>[];
}

/** An end that has passed, and an end of a rule that rejects. */
export function lintExpiry(rule: Rule, { now, before = [] }: LintTimestamp): PolicyProblem[] {
  if (rule.expiresAtMs === null) return [];
  const expiresAt = new Date(rule.expiresAtMs).toISOString();
  if (!isInForce(rule, now.getTime())) {
    const isOld = before.some(
      ({ name, expiresAtMs }) => name === rule.name && expiresAtMs === rule.expiresAtMs,
    );
    const message = `The rule expired at ${expiresAt}; remove it, or set a later expiresAt.`;
    return [problem(rule.at, isOld ? 'warning' : 'error', message, rule.name)];
  }
  if (rule.effect === 'allow') return [];
  const message = `From ${expiresAt} on nothing is left of this ${rule.effect}: what other rules allow is then allowed.`;
  return [problem(rule.at, 'warning', message, rule.name)];
}
