import type { PolicyProblem } from '../yaml/problem.js';
import type { Rule } from '../parse/rule.js';
import { selectsTool } from '../compile/select.js';
import { lintArguments } from './lint-arguments.js';
import { lintConditions } from './lint-conditions.js';
import { lintSelectors, type Catalog } from './lint-selectors.js';
import { lintExpiry, type LintTimestamp } from './lint-expiry.js';

/**
 * Holds a policy against the tools, agents and groups that there are, and against the clock. A problem
 * of severity `error` rejects the policy: a name that nobody has, a rule that can never match, an
 * argument that a tool does not have, silence about one that may be missing, an end that has passed.
 */
export function lintPolicy(
  rules: readonly Rule[],
  catalog: Catalog,
  timestamp: LintTimestamp,
): PolicyProblem[] {
  return rules.flatMap((rule) => [
    ...lintSelectors(rule, catalog),
    ...lintExpiry(rule, timestamp),
    ...lintConditions(rule),
    ...lintArguments(
      rule,
      catalog.tools.filter((tool) => selectsTool(rule.tools, tool)),
    ),
  ]);
}
