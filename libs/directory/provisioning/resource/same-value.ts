import type { Json, JsonObject } from '#libs/platform/kernel';
import type { Attribute } from '../schema/attribute.js';
import { comparable } from '../schema/comparable.js';

/** A part in the form in which two of them are compared; no boolean is the same as false. */
const canonical = (part: Attribute, value: Json | undefined): Json | undefined => {
  if (part.type === 'boolean') return value === true;
  return typeof value === 'string' && !part.caseExact ? comparable(value) : value;
};

const partsOf = ({ subAttributes = [] }: Attribute): readonly Attribute[] => subAttributes;

const isSamePart = (part: Attribute, one: JsonObject, other: JsonObject): boolean =>
  canonical(part, one[part.name]) === canonical(part, other[part.name]);

/** Whether a held value has every part that a given one names: then it is what the given one means. */
export const isNamedBy = (attribute: Attribute, held: JsonObject, given: JsonObject): boolean =>
  partsOf(attribute).every(
    (part) => given[part.name] === undefined || isSamePart(part, held, given),
  );

const IDENTIFYING = new Set(['value', 'type']);

// RFC 7643 §2.4: a list has one combination of type and value once, whatever else is said of it.
const isSameCombination = (attribute: Attribute, one: JsonObject, other: JsonObject): boolean =>
  one['value'] !== undefined &&
  partsOf(attribute).every((part) => !IDENTIFYING.has(part.name) || isSamePart(part, one, other));

/** The value of a list that a given one would only repeat (RFC 7644 §3.5.2.1). */
export const heldValue = (
  attribute: Attribute,
  values: readonly JsonObject[],
  given: JsonObject,
): JsonObject | undefined =>
  values.find(
    (held) => isNamedBy(attribute, held, given) || isSameCombination(attribute, held, given),
  );

// Two values have the same key when they are the same combination or, without a value, the same in every
// part.
const keyOf = (attribute: Attribute, one: JsonObject): string =>
  JSON.stringify(
    partsOf(attribute)
      .filter(({ name }) => one['value'] === undefined || IDENTIFYING.has(name))
      .map((part) => canonical(part, one[part.name]) ?? null),
  );

/** The values of a list that says each of them once. */
export const eachOnce = (attribute: Attribute, values: readonly JsonObject[]): JsonObject[] => {
  const kept = new Map<string, JsonObject>();
  for (const one of values) {
    const key = keyOf(attribute, one);
    const same = kept.get(key);
    if (same === undefined) kept.set(key, { ...one });
    else takeNewParts(attribute, same, one);
  }
  return [...kept.values()];
};

/** Gives a held value what a given one says differently of it; what is the same keeps its spelling. */
export const takeNewParts = (attribute: Attribute, held: JsonObject, given: JsonObject): void => {
  for (const part of partsOf(attribute)) {
    const value = given[part.name];
    if (value !== undefined && !isSamePart(part, held, given)) held[part.name] = value;
  }
};
