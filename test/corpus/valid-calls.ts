import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { makeValue } from './make-value.js';

const WANTED = 4;
const ATTEMPTS = 24;

/**
 * Arguments that are valid by a tool's input schema, as Ajv alone understands it: up to four that differ, the
 * same ones each time. What Ajv does not confirm is left out; of a malformed schema, all.
 */
export const validCalls = (schema: JsonObject): JsonObject[] => {
  const known = valid.get(schema) ?? confirmed(schema, false);
  valid.set(schema, known);
  return known;
};

const valid = new WeakMap<JsonObject, JsonObject[]>();

/** Of the same kind, those with undeclared properties in objects whose `additionalProperties` allows them. */
export const openCalls = (schema: JsonObject): JsonObject[] =>
  confirmed(schema, true).filter((call) => JSON.stringify(call).includes('"undeclared_key"'));

const confirmed = (schema: JsonObject, open: boolean): JsonObject[] => {
  const isValid = validatorOf(schema);
  const calls = new Map<string, JsonObject>();
  for (let variant = 0; variant < ATTEMPTS && calls.size < WANTED; variant += 1) {
    const value = makeValue(schema, { root: schema, variant, depth: 0, open });
    if (isValid(structuredClone(value))) calls.set(JSON.stringify(value), value as JsonObject);
  }
  return [...calls.values()];
};

// The servers' own formats and keywords are no matter of validity here.
const OPTIONS = {
  strict: false,
  validateFormats: false,
  logger: false,
  addUsedSchema: false,
} as const;
const DRAFT_07 = new Ajv(OPTIONS);
const DRAFT_2020_12 = new Ajv2020(OPTIONS);

const validators = new WeakMap<JsonObject, (value: Json) => boolean>();

const validatorOf = (schema: JsonObject): ((value: Json) => boolean) => {
  const known = validators.get(schema) ?? compiled(schema);
  validators.set(schema, known);
  return known;
};

const compiled = (schema: JsonObject): ((value: Json) => boolean) => {
  const isOld = String(schema['$schema']).includes('draft-07');
  try {
    return (isOld ? DRAFT_07 : DRAFT_2020_12).compile(schema);
  } catch {
    return () => false;
  }
};
