import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import type { Filter, PatchPath } from '../filter/filter.js';
import { matchesValue } from '../filter/match-value.js';
import { badRequest } from '../errors.js';
import { findAttribute, type Attribute } from '../schema/attribute.js';
import type { PatchOperation } from './patch-operation.js';
import { readParts, readValue } from './read-value.js';

/** The values of a plural attribute, each an object of its own that may be changed. */
export const valuesOf = (holder: JsonObject, { name }: Attribute): JsonObject[] => {
  const held: Json | undefined = holder[name];
  return Array.isArray(held) ? held.filter(isObject) : [];
};

/** Sets the parts that a value gives; null takes one away (RFC 7643 §2.5), what is not given stays. */
export const mergeParts = (object: JsonObject, attribute: Attribute, value: unknown): void => {
  for (const [name, part] of readParts(attribute, value)) {
    if (part === undefined) delete object[name];
    else object[name] = part;
  }
};

/** Whether nothing is left to say after this part was changed: without its `value` a value is none. */
export const isEmptied = (one: JsonObject, part: Attribute): boolean =>
  part.name === 'value' && one['value'] === undefined;

/** When one of these values is primary now, no other one is (RFC 7644 §3.5.2). */
export const settlePrimary = (
  values: readonly JsonObject[],
  changed: readonly JsonObject[],
): void => {
  if (!changed.some((one) => one['primary'] === true)) return;
  for (const one of values)
    if (one['primary'] === true && !changed.includes(one)) one['primary'] = false;
};

/** Changes those values that a filter picks: `emails[type eq "work"].value`. */
export const changeValues = (
  holder: JsonObject,
  attribute: Attribute,
  { filter, sub }: PatchPath,
  { op, value }: Pick<PatchOperation, 'op' | 'value'>,
): void => {
  if (filter === null || !attribute.multiValued)
    throw badRequest('invalidPath', `${attribute.name} has one value: name it without a filter.`);
  const part = sub === null ? null : partNamed(attribute, sub);
  const values = valuesOf(holder, attribute);
  const picked = values.filter((one) => matchesValue(attribute, filter, one));
  if (op === 'remove') {
    // Removing what is gone already is no failure: a client may send it again.
    holder[attribute.name] = removeFrom(values, picked, part);
    return;
  }
  const changed = picked.length > 0 ? picked : [valueThatFits(attribute, filter)];
  for (const one of changed) change(one, attribute, part, value);
  const after = picked.length > 0 ? values : [...values, ...changed];
  settlePrimary(after, changed);
  holder[attribute.name] =
    part === null ? after : after.filter((one) => !changed.includes(one) || !isEmptied(one, part));
};

const partNamed = (attribute: Attribute, name: string): Attribute => {
  const part = findAttribute(attribute.subAttributes ?? [], name);
  if (part !== undefined && part.mutability !== 'readOnly') return part;
  throw badRequest('invalidPath', `A value of ${attribute.name} has no writable part ${name}.`);
};

const removeFrom = (
  values: JsonObject[],
  picked: readonly JsonObject[],
  part: Attribute | null,
): JsonObject[] => {
  if (part === null) return values.filter((one) => !picked.includes(one));
  for (const one of picked) delete one[part.name];
  return values.filter((one) => !picked.includes(one) || !isEmptied(one, part));
};

const change = (
  one: JsonObject,
  attribute: Attribute,
  part: Attribute | null,
  value: Json | undefined,
): void => {
  if (part === null) {
    const given = Array.isArray(value) ? value[0] : value;
    if (given !== undefined && given !== null) mergeParts(one, attribute, given);
    return;
  }
  const read = readValue(part, value, `${attribute.name}.${part.name}`);
  if (read === undefined) delete one[part.name];
  else one[part.name] = read;
};

// Entra writes emails[type eq "work"].value before there is a work address. A filter that says what a
// value is like, and nothing else, makes that value; any other has no target.
const valueThatFits = (attribute: Attribute, filter: Filter): JsonObject => {
  const made: JsonObject = {};
  const fill = (part: Filter): void => {
    if (part.kind === 'and') {
      fill(part.left);
      fill(part.right);
    } else if (part.kind === 'compare' && part.operator === 'eq' && part.value !== null) {
      const known = partNamed(attribute, part.path.name);
      const read = readValue(known, part.value, `${attribute.name}.${known.name}`);
      if (read !== undefined) made[known.name] = read;
    } else {
      throw badRequest('noTarget', `No value of ${attribute.name} fits the filter.`);
    }
  };
  fill(filter);
  return made;
};
