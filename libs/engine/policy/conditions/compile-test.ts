import type { Json, JsonObject } from '#libs/platform/kernel';
import type { WorkBudget } from './work-budget.js';
import { compileCheck } from './check.js';
import type { Absent, ArgumentTest, Check, Test } from './condition.js';
import { BLOCKED, locator, MISSING } from './locate.js';
import { FALSE, TRUE, UNKNOWN, type Truth } from './truth.js';

/** An {@link ArgumentTest} ready to run; `explanation` is for people and never shows a value of the call. */
export interface CompiledArgumentTest {
  evaluate(args: JsonObject, work: WorkBudget): Truth;
  explanation(args: JsonObject, work: WorkBudget): string;
}

type ValueTest = (value: Json, absent: Truth, work: WorkBudget) => Truth;

export function compileArgumentTest(argument: ArgumentTest): CompiledArgumentTest {
  const { path } = argument;
  const locate = locator(argument.segments);
  const absent = truthOfAbsent(argument.absent);
  const test = compileTest(argument.test);
  const operators = operatorsOf(argument.test);
  const evaluate = (args: JsonObject, work: WorkBudget): Truth => {
    const value = locate(args);
    if (value === MISSING) return absent;
    return value === BLOCKED ? UNKNOWN : test(value, absent, work);
  };
  const explanation = (args: JsonObject, work: WorkBudget): string => {
    const value = locate(args);
    if (value === BLOCKED)
      return `${path} cannot be reached: something on the way is not an object`;
    if (value === MISSING) {
      return argument.absent === null
        ? `${path} is missing, and the rule does not say what that means`
        : `${path} is missing, which ${argument.absent}`;
    }
    const truth = test(value, absent, work);
    if (truth === UNKNOWN)
      return `${path} is ${typeName(value)}, ${whyUnknown(argument.test, value)}`;
    return `${path} ${truth === TRUE ? 'passes' : 'fails'} ${operators}`;
  };
  return { evaluate, explanation };
}

const truthOfAbsent = (absent: Absent | null): Truth =>
  absent === null ? UNKNOWN : absent === 'matches' ? TRUE : FALSE;

function compileTest(test: Test): ValueTest {
  if (test.kind === 'checks') {
    const checks = test.checks.map(compileCheck);
    const [only] = checks;
    if (only !== undefined && checks.length === 1)
      return (value, _absent, work) => only(value, work);
    return (value, _absent, work) => {
      let truth: Truth = TRUE;
      for (const check of checks) {
        const one = check(value, work);
        if (one === FALSE) return FALSE;
        if (one < truth) truth = one;
      }
      return truth;
    };
  }
  const element = compileTest(test.of);
  return test.kind === 'every' ? every(element) : some(element);
}

// An empty array satisfies "every" vacuously, and an allow that fires on nothing is a hole: it is
// unknown unless the author said what absence means.
function every(element: ValueTest): ValueTest {
  return (value, absent, work) => {
    if (!Array.isArray(value)) return UNKNOWN;
    if (value.length === 0) return absent;
    work.spend(value.length / 64);
    let truth: Truth = TRUE;
    for (const item of value) {
      const one = element(item, UNKNOWN, work);
      if (one === FALSE) return FALSE;
      if (one < truth) truth = one;
    }
    return truth;
  };
}

function some(element: ValueTest): ValueTest {
  return (value, _absent, work) => {
    if (!Array.isArray(value)) return UNKNOWN;
    work.spend(value.length / 64);
    let truth: Truth = FALSE;
    for (const item of value) {
      const one = element(item, UNKNOWN, work);
      if (one === TRUE) return TRUE;
      if (one > truth) truth = one;
    }
    return truth;
  };
}

function operatorsOf(test: Test): string {
  if (test.kind === 'checks') return test.checks.map(operatorOf).join(' and ');
  return `${test.kind} ${operatorsOf(test.of)}`;
}

function operatorOf(check: Check): string {
  if ('ignoreCase' in check) return `${check.operator} (ignoring case)`;
  return isNested(check)
    ? `${check.operator} ${Object.keys(check.operand).join(' and ')}`
    : check.operator;
}

const isNested = ({ operator }: Check): boolean =>
  operator === 'length' || operator === 'host' || operator === 'domain';

function whyUnknown(test: Test, value: Json): string {
  const sources = test.kind === 'checks' ? test.checks.map((check) => check.operator) : [];
  if (typeof value === 'string' && sources.includes('host'))
    return 'from which no host can be read for certain: it is not a plain absolute URL';
  if (typeof value === 'string' && sources.includes('domain'))
    return 'from which no domain can be read for certain: it is not one bare e-mail address';
  return `which ${operatorsOf(test)} cannot evaluate`;
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
