import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { badRequest } from '../errors.js';
import { findAttribute, type Attribute } from '../schema/attribute.js';
import { eachOnce } from './same-value.js';

const MAX_TEXT = 2048;
/** The most values that a plural attribute takes; a group's members are counted apart. */
export const MAX_VALUES = 100;

/** A value that is text; anything else is none. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const wrong = (where: string, what: string) =>
  badRequest('invalidValue', `${where} must be ${what}.`);

/** An attribute was given more values than it takes. */
export const tooManyValues = (where: string) => wrong(where, `at most ${MAX_VALUES} values`);

/** Reads one attribute's value by its schema; undefined when it is unassigned (RFC 7643 §2.5). */
export const readValue = (
  attribute: Attribute,
  value: unknown,
  where = attribute.name,
): Json | undefined => {
  if (value === null || value === undefined) return undefined;
  if (attribute.multiValued) return readValues(attribute, value, where);
  const single = singleOf(value);
  if (attribute.type === 'complex') return readComplex(attribute, single, where);
  // Or into an object of its own.
  const bare = isObject(single) && 'value' in single ? single['value'] : single;
  return readScalar(attribute, bare, where);
};

/** Some clients put a singular value into an array. */
export const singleOf = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? value[0] : value;

const readScalar = (attribute: Attribute, value: unknown, where: string): Json | undefined => {
  if (value === null || value === undefined) return undefined;
  if (attribute.type === 'boolean') return readBoolean(value, where);
  if (typeof value !== 'string') throw wrong(where, 'text');
  if (value.length > MAX_TEXT) throw wrong(where, `at most ${MAX_TEXT} characters long`);
  return value === '' ? undefined : value;
};

const readBoolean = (value: unknown, where: string): boolean => {
  if (typeof value === 'boolean') return value;
  // Entra sends "True" and "False".
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text !== 'true' && text !== 'false') throw wrong(where, 'true or false');
  return text === 'true';
};

/** Reads those parts that a complex value gives; undefined for one that it unassigns. */
export const readParts = (
  attribute: Attribute,
  value: unknown,
  where = attribute.name,
): [name: string, part: Json | undefined][] => {
  const parts = attribute.subAttributes ?? [];
  const hasValue = parts.some(({ name }) => name === 'value');
  const object = typeof value === 'string' && hasValue ? { value } : value;
  if (!isObject(object)) throw wrong(where, 'an object');
  return Object.entries(object).flatMap(([key, part]) => {
    const known = findAttribute(parts, key);
    if (known === undefined || known.mutability === 'readOnly') return [];
    return [[known.name, readValue(known, part, `${where}.${known.name}`)]];
  });
};

const readComplex = (
  attribute: Attribute,
  value: unknown,
  where: string,
): JsonObject | undefined => {
  const read: JsonObject = {};
  for (const [name, part] of readParts(attribute, value, where))
    if (part !== undefined) read[name] = part;
  return Object.keys(read).length === 0 ? undefined : read;
};

const readValues = (attribute: Attribute, value: unknown, where: string): Json | undefined => {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.length > MAX_VALUES) throw tooManyValues(where);
  const given = values.flatMap((one): JsonObject[] => {
    const kept = one === null ? undefined : readComplex(attribute, one, where);
    return kept === undefined ? [] : [kept];
  });
  const read = eachOnce(attribute, given);
  if (read.filter((one) => one['primary'] === true).length > 1)
    throw wrong(where, 'a list with one primary value at most');
  return read.length === 0 ? undefined : read;
};
