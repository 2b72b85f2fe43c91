import { compileCheck } from '../conditions/check.js';
import type { ArgumentTest, Check, Test } from '../conditions/condition.js';
import { TRUE } from '../conditions/truth.js';
import { WorkBudget } from '../conditions/work-budget.js';
import { toolKey, type ToolFacts } from '../compile/facts.js';
import { problem, type PolicyProblem } from '../yaml/problem.js';
import type { Rule } from '../parse/rule.js';
import { shown } from '../yaml/yaml-reader.js';
import { testsOf } from './lint-conditions.js';
import { typeOf, type JsonType } from './schema-types.js';
import { viewArgument, viewElements, type ArgumentView } from './schema-view.js';

/** Holds the arguments that a rule names against the schemas of the tools that it selects. */
export function lintArguments(rule: Rule, tools: readonly ToolFacts[]): PolicyProblem[] {
  return testsOf(rule.when).flatMap((test) =>
    lintArgument(test, tools).map((message) => problem(test.at, 'error', message, rule.name)),
  );
}

function lintArgument(test: ArgumentTest, tools: readonly ToolFacts[]): string[] {
  const path = shown(test.path);
  const views = tools.map((tool) => ({
    tool,
    view: viewArgument(tool.inputSchema, test.segments),
  }));
  const somewhere = views.some(({ view }) => view.declared !== 'no');
  const messages = views.map(({ tool, view }) => {
    const where = `\`${shown(toolKey(tool))}\``;
    if (view.declared === 'no') {
      // With "absent" said, a rule over many tools means those that do not have the argument, too.
      if (somewhere && test.absent !== null) return null;
      return `\`${path}\` is not an argument of ${where}.`;
    }
    if (view.canBeMissing && test.absent === null) {
      return `\`${path}\` may be missing in a call of ${where}; say \`absent: matches\` or \`absent: does not match\`.`;
    }
    const why = mismatch(test.test, view, tool);
    return why === null ? null : `The test of \`${path}\` can never be true for ${where}: ${why}.`;
  });
  // One tool is enough to see what is wrong; a rule over a hundred need not say it a hundred times.
  return messages.filter((message) => message !== null).slice(0, 3);
}

function mismatch(test: Test, view: ArgumentView, tool: ToolFacts): string | null {
  const { types } = view;
  if (test.kind !== 'checks') {
    if (types !== null && !types.has('array'))
      return `\`${test.kind}\` is for arrays, and it is none`;
    return mismatch(test.of, viewElements(tool.inputSchema, view), tool);
  }
  const isOfLength = test.checks.every(({ operator }) => operator === 'length');
  if (types?.has('array') === true && types.size === 1 && !isOfLength) {
    return 'it is an array; say `every` or `some`';
  }
  const wrong = test.checks.find(
    (check) => types !== null && !typesNeeded(check).some((type) => types.has(type)),
  );
  if (wrong !== undefined)
    return `\`${wrong.operator}\` is for another type than the tool declares`;
  return outsideOfValues(test.checks, view);
}

function typesNeeded({ operator, operand }: Check): JsonType[] {
  if (operator === 'in') return operand.map(typeOf);
  if (operator === 'length') return ['string', 'array'];
  return typeof operand === 'object' ? ['string'] : [typeOf(operand)];
}

function outsideOfValues(checks: readonly Check[], { values }: ArgumentView): string | null {
  if (values === null) return null;
  const outside = checks.find((check) => {
    if (check.operator !== 'eq' && check.operator !== 'in') return false;
    const evaluate = compileCheck(check);
    return !values.some((value) => evaluate(value, new WorkBudget()) === TRUE);
  });
  return outside === undefined ? null : 'the tool declares other values';
}
