import type { ValidateFunction } from 'ajv';
import { isObject, type Json, type JsonObject, type Problem } from '#libs/platform/kernel';
import {
  UnsupportedPatternError,
  UnsupportedSchemaError,
  UnsupportedValueError,
  WorkExhaustedError,
} from '../errors.js';
import { WorkBudget } from '../conditions/work-budget.js';
import { createArgumentAjv, metaschemaProblem, type Meter } from './argument-ajv.js';
import { argumentProblems } from './argument-problems.js';
import { closeSchema } from './close-schema.js';
import { copyJson } from './copy-json.js';
import { hasDefaults, withFittingDefaults } from './fitting-defaults.js';
import { enforcedSchema } from './enforced-schema.js';
import { exceedsLimits } from './schema-limits.js';

/** Arguments that match the tool's schema, defaults filled in, or what is wrong with them. */
export type BoundArguments =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly problems: Problem[] };

/** A tool's input schema, ready to bind arguments. */
export interface ArgumentBinder {
  /** Binds a copy: the value handed in is not changed. Nothing is coerced; problems never show a value. */
  bind(value: Json): BoundArguments;
  /** What the schema says and the binder does not check, for example formats. */
  readonly notes: readonly string[];
  /**
   * What is enforced, as JSON Schema 2020-12 that a caller can read: exactly the arguments that are valid by it
   * are taken (invariant G19).
   */
  readonly schema: JsonObject;
}

/** A usable schema, or why it is rejected. */
export type CompiledArguments =
  ({ readonly ok: true } & ArgumentBinder) | { readonly ok: false; readonly reasons: string[] };

/**
 * Compiles a tool's input schema (JSON Schema of any draft since 4), taking it for hostile: bounded size, depth
 * and work, local references, linear-time patterns. What cannot be checked safely is left to the tool server.
 * Undeclared properties are rejected where the schema says nothing about them (see {@link closeSchema}),
 * unless a person allowed them for this tool.
 */
export function compileArguments(
  inputSchema: JsonObject,
  options: { allowUndeclared?: boolean } = {},
): CompiledArguments {
  const tooMuch = exceedsLimits(inputSchema);
  if (tooMuch !== null) return reject(tooMuch);
  if (!isOfObjects(inputSchema)) return reject('Its root must say `"type": "object"`.');
  try {
    return compile(inputSchema, options.allowUndeclared === true);
  } catch (error) {
    return reject(reasonOf(error));
  }
}

/** The schema that a tool's arguments are held to, as its callers may see it; null when it is not usable. */
export function advertisedArguments(inputSchema: JsonObject): JsonObject | null {
  if (exceedsLimits(inputSchema) !== null || !isOfObjects(inputSchema)) return null;
  try {
    return closeSchema(inputSchema, false).schema;
  } catch (error) {
    if (error instanceof UnsupportedSchemaError) return null;
    throw error;
  }
}

function compile(schema: JsonObject, allowUndeclared: boolean): CompiledArguments {
  const closed = closeSchema(schema, allowUndeclared);
  const notes = new Set(closed.notes);
  const enforced = enforcedSchema(closed, notes);
  const malformed = metaschemaProblem(enforced);
  if (malformed !== null) throw new UnsupportedSchemaError(invalid(malformed));
  const meter: Meter = { work: new WorkBudget() };
  const validate = filling(createArgumentAjv(meter).compile(enforced), enforced);
  const prepare = once(() => prepareSecondLook(enforced, meter));
  return {
    ok: true,
    notes: [...notes],
    schema: closed.schema,
    bind: (value) => bind(value, validate, meter, prepare),
  };
}

// Arguments are always an object; some leave that out.
const isOfObjects = ({ type }: JsonObject): boolean =>
  type === undefined || type === 'object' || (Array.isArray(type) && type.includes('object'));

/** Says whether arguments are valid, and fills defaults in. */
interface Filling {
  readonly validate: ValidateFunction;
  readonly fills: boolean;
}

const filling = (validate: ValidateFunction, schema: JsonObject): Filling => ({
  validate,
  fills: hasDefaults(schema),
});

/** What is compiled only when arguments were first found wrong: slow, where it matters least. */
interface SecondLook {
  /** Without the defaults that do not fit where they would go, and without any. */
  readonly attempts: readonly Filling[];
  readonly report: ValidateFunction;
}

function prepareSecondLook(closed: JsonObject, meter: Meter): SecondLook {
  const attempts: Filling[] = [];
  let schema = closed;
  if (hasDefaults(closed)) {
    schema = withFittingDefaults(closed, meter);
    const unfilled = createArgumentAjv(meter, { useDefaults: false }).compile(closed);
    attempts.push(filling(createArgumentAjv(meter).compile(schema), schema));
    attempts.push({ validate: unfilled, fills: false });
  }
  return { attempts, report: createArgumentAjv(meter, { allErrors: true }).compile(schema) };
}

function bind(
  value: Json,
  first: Filling,
  meter: Meter,
  prepare: () => SecondLook,
): BoundArguments {
  const attempt = ({ validate: isValid, fills }: Filling): BoundArguments | null => {
    const copy = copyJson(value);
    if (!isValid(copy) || !isObject(copy)) return null;
    // Some keywords were evaluated before the defaults were filled in: the whole must be valid, too.
    return !fills || isValid(copy) ? { ok: true, value: copy } : null;
  };
  try {
    meter.work = new WorkBudget();
    const bound = attempt(first);
    if (bound !== null) return bound;
    const firstProblems = argumentProblems(first.validate.errors ?? []);
    const { work } = meter;
    // What it compiles has work of its own.
    const { attempts, report } = prepare();
    meter.work = work;
    for (const second of attempts) {
      const mended = attempt(second);
      if (mended !== null) return mended;
    }
    const problems = problemsOf(report, meter, copyJson(value));
    return { ok: false, problems: problems.length > 0 ? problems : firstProblems };
  } catch (error) {
    if (error instanceof UnsupportedValueError) return { ok: false, problems: [error.problem] };
    // A schema that refers to itself without end exhausts the stack instead of the budget.
    if (error instanceof WorkExhaustedError || error instanceof RangeError) {
      return { ok: false, problems: [TOO_MUCH_WORK] };
    }
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

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

const TOO_MUCH_WORK: Problem = {
  path: '',
  message: "Checking the arguments against the tool's schema took too much work; send less.",
};

function reasonOf(error: unknown): string {
  if (error instanceof UnsupportedSchemaError) return error.message;
  if (error instanceof UnsupportedPatternError)
    return `It has a \`pattern\` that is rejected: ${error.message}.`;
  if (error instanceof RangeError) return 'It is too large or too entangled to compile.';
  const detail = error instanceof Error ? error.message : 'unknown error';
  return invalid(detail);
}

const invalid = (detail: string): string =>
  `It is not a valid JSON Schema: ${detail.slice(0, 300)}.`;

const reject = (reason: string): CompiledArguments => ({ ok: false, reasons: [reason] });
