import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { badRequest } from '../errors.js';
import type { Attribute } from '../schema/attribute.js';
import type { Resolved } from '../schema/resolve.js';
import type { PatchOperation } from './patch-operation.js';
import { mergeParts, settlePrimary, valuesOf } from './patch-values.js';
import { readValue, singleOf } from './read-value.js';

type Operation = Pick<PatchOperation, 'op' | 'value'>;

/** Changes an attribute, or one part of it, without a filter. */
export const changeAttribute = (
  holder: JsonObject,
  { attribute, sub }: Resolved,
  operation: Operation,
): void => {
  if (sub !== null) changePart(holder, attribute, sub, operation);
  else if (operation.op === 'remove') removeAttribute(holder, attribute, operation.value);
  else setAttribute(holder, attribute, operation);
};

const removeAttribute = (
  holder: JsonObject,
  attribute: Attribute,
  value: Json | undefined,
): void => {
  if (attribute.required)
    throw badRequest('mutability', `${attribute.name} must have a value: replace it instead.`);
  if (!attribute.multiValued || value === undefined || value === null) {
    delete holder[attribute.name];
    return;
  }
  // Entra names the values to remove beside the path.
  const removed = readValue(attribute, value) ?? [];
  const gone = new Set((removed as JsonObject[]).map((one) => one['value']));
  holder[attribute.name] = valuesOf(holder, attribute).filter((one) => !gone.has(one['value']));
};

const setAttribute = (holder: JsonObject, attribute: Attribute, operation: Operation): void => {
  if (attribute.multiValued) {
    setValues(holder, attribute, operation);
    return;
  }
  const value = singleOf(operation.value);
  const isUnassigned = value === null || value === undefined || value === '';
  if (attribute.type === 'complex' && !isUnassigned) {
    // Parts that are not given stay as they are, for replace too.
    const object = objectAt(holder, attribute);
    mergeParts(object, attribute, value);
    holder[attribute.name] = object;
    return;
  }
  const read = readValue(attribute, value);
  if (read === undefined) removeAttribute(holder, attribute, undefined);
  else holder[attribute.name] = read;
};

const setValues = (holder: JsonObject, attribute: Attribute, { op, value }: Operation): void => {
  const given = readValue(attribute, value) as JsonObject[] | undefined;
  if (given === undefined) {
    if (op === 'replace') removeAttribute(holder, attribute, undefined);
    return;
  }
  const kept = op === 'replace' ? [] : valuesOf(holder, attribute);
  // What is there already is not added again (RFC 7644 §3.5.2.1).
  const added = given.filter((one) => !kept.some((held) => isDeepStrictEqual(held, one)));
  const values = [...kept, ...added];
  settlePrimary(values, added);
  holder[attribute.name] = values;
};

const changePart = (
  holder: JsonObject,
  attribute: Attribute,
  sub: Attribute,
  { op, value }: Operation,
): void => {
  const read = op === 'remove' ? undefined : readValue(sub, value, `${attribute.name}.${sub.name}`);
  if (attribute.multiValued) {
    const values = valuesOf(holder, attribute);
    if (values.length === 0 && read !== undefined) values.push({});
    for (const one of values) setPart(one, sub, read);
    if (values.length > 0) holder[attribute.name] = values;
    return;
  }
  const object = objectAt(holder, attribute);
  setPart(object, sub, read);
  holder[attribute.name] = object;
};

const objectAt = (holder: JsonObject, { name }: Attribute): JsonObject => {
  const held: Json | undefined = holder[name];
  return isObject(held) ? held : {};
};

const setPart = (object: JsonObject, { name }: Attribute, value: Json | undefined): void => {
  if (value === undefined) delete object[name];
  else object[name] = value;
};
