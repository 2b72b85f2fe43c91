import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { WorkBudget } from '../conditions/work-budget.js';
import { UnsupportedSchemaError } from '../errors.js';
import { createArgumentAjv, createRuntime, type Meter } from './argument-ajv.js';
import type { Compile } from './compile-arguments.js';

const MAX_CODE_CHARACTERS = 2 * 1024 * 1024;
// Ajv's own helpers, by the names that its code requires them by.
const HELPERS: ReadonlySet<string> = new Set([
  'ajv/dist/runtime/equal',
  'ajv/dist/runtime/ucs2length',
  'ajv/dist/runtime/validation_error',
]);
const standaloneCode = standaloneModule.default;

/** The code of a validator, which Ajv writes: what a schema says goes into it as data, never as code. */
export const validatorCode: Compile<string> = (schema, use) => {
  const ajv = createArgumentAjv({ work: new WorkBudget() }, { ...use, source: true });
  const code = standaloneCode(ajv, ajv.compile(schema));
  if (code.length > MAX_CODE_CHARACTERS)
    throw new UnsupportedSchemaError('It is too large or too entangled to compile.');
  return code;
};

const require = createRequire(import.meta.url);

const requireHelper = (name: string): unknown => {
  if (!HELPERS.has(name)) throw new Error(`a validator requires ${name}`);
  return require(name);
};

/** The validator that {@link validatorCode} wrote the code of, in a thread of ours. */
export function loadValidator(code: string, meter: Meter): ValidateFunction {
  const { linearRegExp, gatehouse } = createRuntime(meter);
  const module = { exports: {} };
  // As Ajv does itself, of the same code.
  // oxlint-disable-next-line typescript/no-implied-eval
  const evaluate = new Function('module', 'require', 'linearRegExp', 'gatehouse', code);
  evaluate(module, requireHelper, linearRegExp, gatehouse);
  return module.exports as ValidateFunction;
}
