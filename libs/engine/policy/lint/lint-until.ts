import { problem, type PolicyProblem } from '../yaml/problem.js';
import { isInForce, type Rule } from '../parse/rule.js';

/** The moment at which a policy is looked at, and the rules that were in force before it. */
export interface LintMoment {
  readonly now: Date;
  /** Those of the version that the text is based on: one of them that has ended need not go first. */
  readonly before?: readonly Pick<Rule, 'name' | 'untilMs'>[];
}

/** An end that has passed, and an end of a rule that rejects. */
export function lintUntil(rule: Rule, { now, before = [] }: LintMoment): PolicyProblem[] {
  if (rule.untilMs === null) return [];
  const until = new Date(rule.untilMs).toISOString();
  if (!isInForce(rule, now.getTime())) {
    const isOld = before.some(
      ({ name, untilMs }) => name === rule.name && untilMs === rule.untilMs,
    );
    const message = `The rule ended at ${until}; remove it, or move its end.`;
    return [problem(rule.at, isOld ? 'warning' : 'error', message, rule.name)];
  }
  if (rule.effect === 'allow') return [];
  const message = `From ${until} on nothing is left of this ${rule.effect}: what other rules allow is then allowed.`;
  return [problem(rule.at, 'warning', message, rule.name)];
}
