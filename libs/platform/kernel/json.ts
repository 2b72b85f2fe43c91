import { ExactNumber } from './exact-number.js';

/** Any JSON value (RFC 8259). */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

/** JSON whose numbers are all as they were sent. */
export type ExactJson = null | boolean | number | string | ExactNumber | ExactJson[] | ExactObject;

export interface ExactObject {
  [key: string]: ExactJson;
}

/** How deeply arrays and objects may be nested, in whatever somebody else sends us (invariant G11). */
export const MAX_JSON_DEPTH = 64;

/** True for an object that is no list and not null; what it holds must come from JSON. */
export const isObject = (value: unknown): value is JsonObject => isExactObject(value);

/** {@link isObject}, where the numbers in it may be exact. */
export const isExactObject = (value: unknown): value is ExactObject =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof ExactNumber);
