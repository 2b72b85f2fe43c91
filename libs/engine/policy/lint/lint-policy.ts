import { bindNames } from '../bind/bind-names.js';
import type { NameBinding } from '../bind/name-bindings.js';
import { namesOfToday, type NamesOfToday } from '../bind/names-of-today.js';
import { selectorBinder } from '../bind/selectors.js';
import type { PolicyProblem } from '../yaml/problem.js';
import type { Rule } from '../parse/rule.js';
import { selectsTool } from '../compile/select.js';
import { lintArguments } from './lint-arguments.js';
import { lintConditions } from './lint-conditions.js';
import {
  indexCatalog,
  lintSelectors,
  type BoundRule,
  type Catalog,
  type IndexedCatalog,
} from './lint-selectors.js';
import { lintExpiry, type LintTimestamp } from './lint-expiry.js';

/** When a policy is looked at, and what it builds on. */
export interface LintContext extends LintTimestamp {
  /** To what the version that the text is based on bound its names. */
  readonly bound?: readonly NameBinding[];
}

/** What there is to say about a policy, and what its names are bound to. */
export interface LintedPolicy {
  readonly problems: PolicyProblem[];
  readonly bindings: readonly NameBinding[];
}

/**
 * Binds a policy's names, and holds it against the tools, agents, teams and groups that there are, and
 * against the clock. A problem of severity `error` rejects the policy: a name that nobody has, a rule that
 * can never match, an argument that a tool does not have, silence about one that may be missing, an end
 * that has passed.
 */
export function lintPolicy(
  rules: readonly Rule[],
  catalog: Catalog,
  context: LintContext,
): LintedPolicy {
  const names = bindNames(rules, catalogNames(catalog), context.bound ?? []);
  const bind = selectorBinder(names.bindings);
  const indexed = indexCatalog(catalog);
  const ofNames = Map.groupBy(names.problems, ({ rule }) => rule);
  const problems = rules.flatMap((rule) => [
    ...(ofNames.get(rule.name) ?? []),
    ...lintExpiry(rule, context),
    ...lintConditions(rule),
    // Of a rule whose names are unknown nothing can be said that depends on what it selects.
    ...(names.unbound.has(rule)
      ? []
      : lintBound({ rule, selectors: bind(rule), isDangling: names.dangling.has(rule) }, indexed)),
  ]);
  return { problems, bindings: names.bindings };
}

/** What everything in a catalog is called. */
export const catalogNames = ({ agents, teams, groups, tools }: Catalog): NamesOfToday =>
  namesOfToday({
    agent: agents,
    team: teams,
    group: groups,
    server: tools.map(({ serverId, server }) => ({ id: serverId, name: server })),
  });

const lintBound = (bound: BoundRule, catalog: IndexedCatalog): PolicyProblem[] => {
  const tools = catalog.tools.filter((tool) => selectsTool(bound.selectors.tools, tool));
  return [...lintSelectors(bound, catalog), ...lintArguments(bound.rule, tools)];
};
