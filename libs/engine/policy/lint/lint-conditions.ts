import { compileCondition } from '../conditions/compile-condition.js';
import {
  innermostChecks,
  type ArgumentTest,
  type Check,
  type Condition,
} from '../conditions/condition.js';
import { FALSE } from '../conditions/truth.js';
import { problem, type PolicyProblem } from '../yaml/problem.js';
import type { Rule } from '../parse/rule.js';
import { contradiction } from './contradictions.js';
import { lintPatterns } from './lint-patterns.js';

/** What is wrong with a condition whatever the tools are. */
export function lintConditions(rule: Rule): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  if (compileCondition(rule.when).constant === FALSE) {
    problems.push(
      problem(rule.at, 'error', `${NEVER_MATCHES}: its condition is never true.`, rule.name),
    );
  }
  for (const conjunction of conjunctions(rule.when))
    problems.push(...contradicts(rule, conjunction));
  return [...problems, ...lintPatterns(rule)];
}

const NEVER_MATCHES = 'The rule can never match as it is written';

/** Every argument test of a condition. */
export const testsOf = (condition: Condition): readonly ArgumentTest[] =>
  conjunctions(condition).flat();

/** The tests of a condition, grouped by what must hold together. */
function conjunctions(condition: Condition): ArgumentTest[][] {
  switch (condition.kind) {
    case 'always':
      return [];
    case 'not':
      return conjunctions(condition.of);
    case 'any':
      return condition.of.flatMap(conjunctions);
    case 'arguments':
      return [[...condition.tests]];
    case 'all': {
      const simple = condition.of.filter((part) => part.kind === 'arguments');
      const others = condition.of.filter((part) => part.kind !== 'arguments');
      return [simple.flatMap((part) => part.tests), ...others.flatMap(conjunctions)];
    }
  }
}

function contradicts(rule: Rule, tests: readonly ArgumentTest[]): PolicyProblem[] {
  return [...Map.groupBy(tests, (test) => test.path)].flatMap(([path, ofPath]) => {
    const why = contradiction(ofPath.flatMap(scalarChecks)) ?? contradictsInside(ofPath);
    const [first] = ofPath;
    if (why === null || first === undefined) return [];
    return [problem(first.at, 'error', `${NEVER_MATCHES}: for \`${path}\` ${why}.`, rule.name)];
  });
}

/** Checks of one element: two quantifiers may mean two elements, so only each by itself. */
function contradictsInside(tests: readonly ArgumentTest[]): string | null {
  for (const { test } of tests) {
    const why = contradiction(innermostChecks(test));
    if (why !== null) return why;
  }
  return null;
}

const scalarChecks = ({ test }: ArgumentTest): readonly Check[] =>
  test.kind === 'checks' ? test.checks : [];
