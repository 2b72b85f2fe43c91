import { _, type Ajv, type KeywordCxt, type Name, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { compileLinearRegex, type LinearRegex } from '../conditions/linear-regex.js';
import type { WorkBudget } from '../conditions/work-budget.js';
import { STEPS_KEYWORD } from './steps-keyword.js';
import { hasDuplicates } from './unique-items.js';

/** Whose budget the running validation spends; there is one validation at a time. */
export interface Meter {
  work: WorkBudget;
}

/** What an Ajv is for, where it is not to bind arguments. */
export interface AjvUse {
  readonly allErrors?: boolean;
  readonly useDefaults?: boolean;
  /** Keeps the code of what it compiles. */
  readonly source?: boolean;
}

/** An Ajv that coerces nothing, runs linear-time patterns, and stops when the budget is spent. */
export function createArgumentAjv(
  meter: Meter,
  { allErrors = false, useDefaults = true, source = false }: AjvUse = {},
): Ajv {
  const runtime = createRuntime(meter);
  const options: Options = {
    allErrors,
    strict: false,
    strictNumbers: true,
    coerceTypes: false,
    useDefaults,
    ownProperties: true,
    validateFormats: false,
    unevaluated: true,
    // Checked against the metaschema before (see below); compiling that again costs 20 ms.
    meta: false,
    validateSchema: false,
    logger: false,
    code: { regExp: Object.assign(runtime.linearRegExp, { code: 'linearRegExp' }), source },
  };
  const ajv = new Ajv2020(options);
  addStepsKeyword(ajv, runtime.gatehouse);
  replaceUniqueItems(ajv, runtime.gatehouse);
  return ajv;
}

let metaAjv: Ajv | undefined;

/** What the metaschema has against the schema; null when nothing. */
export function metaschemaProblem(schema: JsonObject): string | null {
  metaAjv ??= new Ajv2020({ strict: false, validateFormats: false, logger: false });
  if (metaAjv.validateSchema(schema) === true) return null;
  return metaAjv.errorsText(metaAjv.errors, { dataVar: 'schema' });
}

/** What the code of a validator uses of ours, by these names. */
export interface ValidatorRuntime {
  /** A pattern is compiled when it is first tested: each is bounded by itself. */
  readonly linearRegExp: (pattern: string) => { test(value: string): boolean };
  readonly gatehouse: {
    spend(steps: number): void;
    hasSameTwice(items: Json[]): boolean;
  };
}

export function createRuntime(meter: Meter): ValidatorRuntime {
  return {
    linearRegExp: (pattern) => {
      let regex: LinearRegex | undefined;
      return {
        test: (value) => {
          regex ??= compileLinearRegex(pattern, 'ecma');
          return regex.test(value, meter.work);
        },
        // Ajv shares compiled patterns by this text.
        toString: () => pattern,
      };
    },
    gatehouse: {
      spend: (steps) => meter.work.spend(steps),
      hasSameTwice: (items) => {
        meter.work.spend(items.length / 4);
        return hasDuplicates(items);
      },
    },
  };
}

type Own = ValidatorRuntime['gatehouse'];

const ownIn = ({ gen }: KeywordCxt, own: Own): Name =>
  gen.scopeValue('obj', { ref: own, code: _`gatehouse` });

// References can make a schema try exponentially many ways; counting visits bounds them all.
function addStepsKeyword(ajv: Ajv, own: Own): void {
  ajv.addKeyword({
    keyword: STEPS_KEYWORD,
    before: '$ref',
    schemaType: 'number',
    code: (context) => {
      context.gen.code(_`${ownIn(context, own)}.spend(${context.schemaCode})`);
    },
  });
}

// Ajv compares every pair of items; an array of a megabyte would take hours.
function replaceUniqueItems(ajv: Ajv, own: Own): void {
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must not have the same item twice' },
    code: (context) => {
      if (context.schema === true)
        context.fail(_`${ownIn(context, own)}.hasSameTwice(${context.data})`);
    },
  });
}
