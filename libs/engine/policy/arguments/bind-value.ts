import type { ValidateFunction } from 'ajv';
import { isObject, type Json, type JsonObject, type Problem } from '#libs/platform/kernel';
import { UnsupportedValueError, WorkExhaustedError } from '../errors.js';
import { WorkBudget } from '../conditions/work-budget.js';
import type { Meter } from './argument-ajv.js';
import { argumentProblems } from './argument-problems.js';
import { copyJson } from './copy-json.js';

/** Arguments that match the tool's schema, defaults filled in, or what is wrong with them. */
export type BoundArguments =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly problems: Problem[] };

/** Says whether arguments are valid, and fills defaults in. */
export interface Filling<Validator = ValidateFunction> {
  readonly validate: Validator;
  readonly fills: boolean;
}

/** What is compiled only when arguments were first found wrong: slow, where it matters least. */
export interface SecondLook<Validator = ValidateFunction> {
  /** Without the defaults that do not fit where they would go, and without any. */
  readonly attempts: readonly Filling<Validator>[];
  readonly report: Validator;
}

/** Arguments that were first found wrong, and may be right without a default that does not fit. */
export interface Doubtful {
  readonly problems: Problem[];
  /** What is left of the call's work. */
  readonly work: WorkBudget;
}

/** Binds a copy by the first validator; {@link Doubtful} when a second look is needed. */
export function bindFirst(value: Json, first: Filling, meter: Meter): BoundArguments | Doubtful {
  return orTooMuch(() => {
    meter.work = new WorkBudget();
    const bound = attempt(value, first);
    if (bound !== null) return bound;
    return { problems: argumentProblems(first.validate.errors ?? []), work: meter.work };
  });
}

/** Binds what {@link bindFirst} could not, or says what is wrong with it. */
export function bindAgain(
  value: Json,
  { problems: first, work }: Doubtful,
  { attempts, report }: SecondLook,
  meter: Meter,
): BoundArguments {
  return orTooMuch((): BoundArguments => {
    meter.work = work;
    for (const second of attempts) {
      const mended = attempt(value, second);
      if (mended !== null) return mended;
    }
    const problems = problemsOf(report, meter, copyJson(value));
    return { ok: false, problems: problems.length > 0 ? problems : first };
  });
}

function attempt(value: Json, { validate: isValid, fills }: Filling): BoundArguments | null {
  const copy = copyJson(value);
  if (!isValid(copy) || !isObject(copy)) return null;
  // Some keywords were evaluated before the defaults were filled in: the whole must be valid, too.
  return !fills || isValid(copy) ? { ok: true, value: copy } : null;
}

function orTooMuch<T>(work: () => T): T | BoundArguments {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnsupportedValueError) return { ok: false, problems: [error.problem] };
    // A schema that refers to itself without end exhausts the stack instead of the budget.
    if (error instanceof WorkExhaustedError || error instanceof RangeError)
      return { ok: false, problems: [TOO_MUCH_WORK] };
    throw error;
  }
}

// A tenth of the budget: for a large wrong value only the first problem is reported.
const REPORT_UNITS = 20_000;

function problemsOf(report: ValidateFunction, meter: Meter, value: Json): Problem[] {
  try {
    meter.work = new WorkBudget(REPORT_UNITS);
    report(value);
    return argumentProblems(report.errors ?? []);
  } catch (error) {
    if (error instanceof WorkExhaustedError || error instanceof RangeError) return [];
    throw error;
  }
}

const TOO_MUCH_WORK: Problem = {
  path: '',
  message: "Checking the arguments against the tool's schema took too much work; send less.",
};
