import type { Ajv, Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { compileLinearRegex } from '../conditions/linear-regex.js';
import { sizeOfPattern } from '../conditions/pattern-size.js';
import { UnsupportedPatternError } from '../errors.js';
import type { WorkBudget } from '../conditions/work-budget.js';
import { STEPS_KEYWORD } from './steps-keyword.js';
import { hasDuplicates } from './unique-items.js';

/** Whose budget the running validation spends; there is one validation at a time. */
export interface Meter {
  work: WorkBudget;
}

/** An Ajv that coerces nothing, runs linear-time patterns, and stops when the budget is spent. */
export function createArgumentAjv(
  meter: Meter,
  { allErrors = false, useDefaults = true }: { allErrors?: boolean; useDefaults?: boolean } = {},
): Ajv {
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
    code: { regExp: linearRegExp(meter) },
  };
  const ajv = new Ajv2020(options);
  addStepsKeyword(ajv, meter);
  replaceUniqueItems(ajv, meter);
  return ajv;
}

let metaAjv: Ajv | undefined;

/** What the metaschema has against the schema; null when nothing. */
export function metaschemaProblem(schema: JsonObject): string | null {
  metaAjv ??= new Ajv2020({ strict: false, validateFormats: false, logger: false });
  if (metaAjv.validateSchema(schema) === true) return null;
  return metaAjv.errorsText(metaAjv.errors, { dataVar: 'schema' });
}

// Each pattern is bounded by itself; hundreds of the largest would still compile for seconds.
const MAX_PATTERNS_SIZE = 20_000;

function linearRegExp(meter: Meter): NonNullable<NonNullable<Options['code']>['regExp']> {
  let size = 0;
  const create = (pattern: string) => {
    size += sizeOfPattern(pattern);
    if (size > MAX_PATTERNS_SIZE)
      throw new UnsupportedPatternError('the patterns of the schema are too large together');
    const regex = compileLinearRegex(pattern, 'ecma');
    return {
      test: (value: string) => regex.test(value, meter.work),
      // Ajv shares compiled patterns by this text.
      toString: () => pattern,
    };
  };
  return Object.assign(create, { code: 'linearRegExp' });
}

// References can make a schema try exponentially many ways; counting visits bounds them all.
function addStepsKeyword(ajv: Ajv, meter: Meter): void {
  ajv.addKeyword({
    keyword: STEPS_KEYWORD,
    before: '$ref',
    schemaType: 'number',
    errors: false,
    validate: (steps: number) => {
      meter.work.spend(steps);
      return true;
    },
  });
}

// Ajv compares every pair of items; an array of a megabyte would take hours.
function replaceUniqueItems(ajv: Ajv, meter: Meter): void {
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must not have the same item twice' },
    validate: (wanted: boolean, items: Json[]) => {
      meter.work.spend(items.length / 4);
      return !wanted || !hasDuplicates(items);
    },
  });
}
