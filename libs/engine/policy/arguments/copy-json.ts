import { MAX_JSON_DEPTH, type Json, type JsonObject } from '#libs/platform/kernel';
import { UnsupportedValueError } from '../errors.js';

/**
 * A deep copy, so that binding can fill defaults in without changing the caller's value. Throws
 * `UnsupportedValueError` for what JSON cannot say, for depth, and for a key `__proto__`, with which an
 * upstream might be made to change its own objects.
 */
export function copyJson(value: Json, depth = 0): Json {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw rejected('Arguments have a number that JSON cannot carry.');
  }
  if (typeof value !== 'object') throw rejected('Arguments must be JSON values.');
  if (depth >= MAX_JSON_DEPTH)
    throw rejected(`Arguments may be nested ${MAX_JSON_DEPTH} levels deep at most.`);
  if (Array.isArray(value)) return value.map((item) => copyJson(item, depth + 1));
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (key === '__proto__')
      throw rejected('Arguments must not have a property named `__proto__`.');
    const inner = value[key];
    if (inner !== undefined) copy[key] = copyJson(inner, depth + 1);
  }
  return copy;
}

const rejected = (message: string): UnsupportedValueError =>
  new UnsupportedValueError({ path: '', message });
