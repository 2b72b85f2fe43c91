import { ExactNumber, keepsNumber } from './exact-number.js';
import {
  isExactObject,
  isObject,
  type ExactJson,
  type ExactObject,
  type Json,
  type JsonObject,
} from './json.js';

const MARK = 'x-gatehouse-exact-number';
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The same as plain JSON, for what is stored: a number that a double keeps becomes that double, any other one
 * an object with its digits. @throws TypeError where somebody wrote such an object themselves
 */
export const markNumbers = (value: ExactJson): Json => {
  if (value instanceof ExactNumber)
    // Adding 0 makes 0 of -0, as JSON.stringify will.
    return keepsNumber(value.text) ? Number(value.text) + 0 : { [MARK]: value.text };
  if (Array.isArray(value)) return value.map(markNumbers);
  return isExactObject(value) ? markNumbersIn(value) : value;
};

/** {@link markNumbers} of an object. */
export const markNumbersIn = (object: ExactObject): JsonObject => {
  if (Object.hasOwn(object, MARK)) throw new TypeError(`${MARK} is a name of ours`);
  // fromEntries defines: no key, whatever it is named, changes what the object inherits.
  return Object.fromEntries(Object.entries(object).map(([key, one]) => [key, markNumbers(one)]));
};

/** What {@link markNumbers} was given, each number with its digits. */
export const unmarkNumbers = (value: Json): ExactJson => {
  if (Array.isArray(value)) return value.map(unmarkNumbers);
  if (!isObject(value)) return value;
  const text = markedNumber(value);
  if (text !== null) return new ExactNumber(text);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unmarkNumbers(one)]));
};

/** The digits, where this is a number that was marked. */
export const markedNumber = (value: Json | undefined): string | null => {
  if (!isObject(value)) return null;
  const text = value[MARK];
  return typeof text === 'string' && JSON_NUMBER.test(text) ? text : null;
};

/** Whether there is a marked number anywhere in it. */
export const hasMarkedNumber = (value: Json): boolean => {
  if (Array.isArray(value)) return value.some(hasMarkedNumber);
  if (!isObject(value)) return false;
  return Object.hasOwn(value, MARK) || Object.values(value).some(hasMarkedNumber);
};
