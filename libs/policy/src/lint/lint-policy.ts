import type { PolicyProblem } from '../problem.js';
import type { Rule } from '../rule.js';
import { selectsTool } from '../select.js';
import { lintArguments } from './lint-arguments.js';
import { lintConditions } from './lint-conditions.js';
import { lintSelectors, type Catalog } from './lint-selectors.js';

/**
 * Holds a policy against the tools and agents that there are. A problem of severity `error` refuses
 * the policy: a name that nobody has, a rule that can never match, an argument that a tool does not
 * have, or silence about one that may be missing.
 */
export function lintPolicy(rules: readonly Rule[], catalog: Catalog): PolicyProblem[] {
  return rules.flatMap((rule) => [
    ...lintSelectors(rule, catalog),
    ...lintConditions(rule),
    ...lintArguments(
      rule,
      catalog.tools.filter((tool) => selectsTool(rule.tools, tool)),
    ),
  ]);
}
