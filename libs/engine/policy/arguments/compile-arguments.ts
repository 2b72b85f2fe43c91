import type { ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { UnsupportedPatternError, UnsupportedSchemaError } from '../errors.js';
import { WorkBudget } from '../conditions/work-budget.js';
import { createArgumentAjv, metaschemaProblem, type AjvUse, type Meter } from './argument-ajv.js';
import {
  bindAgain,
  bindFirst,
  type BoundArguments,
  type Filling,
  type SecondLook,
} from './bind-value.js';
import { closeSchema } from './close-schema.js';
import { enforcedSchema } from './enforced-schema.js';
import { hasDefaults, withFittingDefaults } from './fitting-defaults.js';
import { exceedsLimits } from './schema-limits.js';

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
export type CompiledArguments = ({ readonly ok: true } & ArgumentBinder) | RejectedSchema;

/** Why a schema is not used. */
export interface RejectedSchema {
  readonly ok: false;
  readonly reasons: string[];
}

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
  const meter: Meter = { work: new WorkBudget() };
  const compile = (schema: JsonObject, use?: AjvUse) =>
    createArgumentAjv(meter, use).compile(schema);
  return orRejected(() => {
    const { schema, notes, enforced, first } = firstLook(inputSchema, compile, options);
    let second: SecondLook | undefined;
    return {
      ok: true,
      notes,
      schema,
      bind: (value) => {
        const bound = bindFirst(value, first, meter);
        if ('ok' in bound) return bound;
        second ??= secondLook(enforced, compile);
        return bindAgain(value, bound, second, meter);
      },
    };
  });
}

/** How a schema becomes something that validates by it, or the code of that. */
export type Compile<Validator> = (schema: JsonObject, use?: AjvUse) => Validator;

/** What is made of a schema before its first call. */
export interface FirstLook<Validator = ValidateFunction> {
  readonly notes: readonly string[];
  readonly schema: JsonObject;
  /** What is compiled of it. */
  readonly enforced: JsonObject;
  readonly first: Filling<Validator>;
}

/** Throws when the schema cannot be used; see {@link orRejected}. */
export function firstLook<Validator>(
  inputSchema: JsonObject,
  compile: Compile<Validator>,
  { allowUndeclared = false }: { allowUndeclared?: boolean } = {},
): FirstLook<Validator> {
  assertReadable(inputSchema);
  const closed = closeSchema(inputSchema, allowUndeclared);
  const notes = new Set(closed.notes);
  const enforced = enforcedSchema(closed, notes);
  const malformed = metaschemaProblem(enforced);
  if (malformed !== null) throw new UnsupportedSchemaError(invalid(malformed));
  const first = { validate: compile(enforced), fills: hasDefaults(enforced) };
  return { notes: [...notes], schema: closed.schema, enforced, first };
}

/** What is made of a schema once arguments were found wrong by it. */
export function secondLook<Validator>(
  enforced: JsonObject,
  compile: Compile<Validator>,
): SecondLook<Validator> {
  const attempts: Filling<Validator>[] = [];
  let schema = enforced;
  if (hasDefaults(enforced)) {
    schema = withFittingDefaults(enforced, { work: new WorkBudget() });
    attempts.push({ validate: compile(schema), fills: hasDefaults(schema) });
    attempts.push({ validate: compile(enforced, { useDefaults: false }), fills: false });
  }
  return { attempts, report: compile(schema, { allErrors: true }) };
}

/** The schema that a tool's arguments are held to, as its callers may see it; null when it is not usable. */
export function advertisedArguments(inputSchema: JsonObject): JsonObject | null {
  const advertised = orRejected(() => {
    assertReadable(inputSchema);
    return { ok: true, schema: closeSchema(inputSchema, false).schema } as const;
  });
  return advertised.ok ? advertised.schema : null;
}

function assertReadable(inputSchema: JsonObject): void {
  const tooMuch = exceedsLimits(inputSchema);
  if (tooMuch !== null) throw new UnsupportedSchemaError(tooMuch);
  if (!isOfObjects(inputSchema))
    throw new UnsupportedSchemaError('Its root must say `"type": "object"`.');
}

// Arguments are always an object; some leave that out.
const isOfObjects = ({ type }: JsonObject): boolean =>
  type === undefined || type === 'object' || (Array.isArray(type) && type.includes('object'));

/** What was made of a schema, or why it is rejected. */
export function orRejected<T>(make: () => T): T | RejectedSchema {
  try {
    return make();
  } catch (error) {
    return { ok: false, reasons: [reasonOf(error)] };
  }
}

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
