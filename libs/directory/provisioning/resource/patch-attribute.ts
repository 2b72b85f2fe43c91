import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { badRequest } from '../errors.js';
import type { Attribute } from '../schema/attribute.js';
import type { Resolved } from '../schema/resolve.js';
import type { PatchOperation } from './patch-operation.js';
import { isEmptied, mergeParts, settlePrimary, valuesOf } from './patch-values.js';
import { readValue, singleOf } from './read-value.js';
import { heldValue, isNamedBy, takeNewParts } from './same-value.js';

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
  // Entra names the values to remove beside the path: those go that have every part which it names.
  const named = (readValue(attribute, value) ?? []) as JsonObject[];
  holder[attribute.name] = valuesOf(holder, attribute).filter(
    (held) => !named.some((given) => isNamedBy(attribute, held, given)),
  );
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
  const values = op === 'replace' ? [] : valuesOf(holder, attribute);
  const primary: JsonObject[] = [];
  for (const one of given) {
    // What is there already is not added again (RFC 7644 §3.5.2.1).
    const held = heldValue(attribute, values, one);
    if (held === undefined) values.push(one);
    else takeNewParts(attribute, held, one);
    if (one['primary'] === true) primary.push(held ?? one);
  }
  settlePrimary(values, primary);
  holder[attribute.name] = values;
};

const changePart = (
  holder: JsonObject,
  attribute: Attribute,
  sub: Attribute,
  { op, value }: Operation,
): void => {
  if (attribute.multiValued) {
    changeEveryPart(holder, attribute, sub, { op, value });
    return;
  }
  const object = objectAt(holder, attribute);
  setPart(object, sub, op === 'remove' ? undefined : readPart(attribute, sub, value));
  if (isEmptied(object, sub)) delete holder[attribute.name];
  else holder[attribute.name] = object;
};

const readPart = (attribute: Attribute, sub: Attribute, value: Json | undefined) =>
  readValue(sub, value, `${attribute.name}.${sub.name}`);

const changeEveryPart = (
  holder: JsonObject,
  attribute: Attribute,
  sub: Attribute,
  { op, value }: Operation,
): void => {
  const given = readPart(attribute, sub, value);
  const values = valuesOf(holder, attribute);
  if (op === 'remove') {
    // One that names a value beside the path means the parts that are it.
    const named = given === undefined ? {} : { [sub.name]: given };
    for (const one of values) if (isNamedBy(attribute, one, named)) delete one[sub.name];
  } else {
    if (values.length === 0 && given !== undefined) values.push({});
    for (const one of values) setPart(one, sub, given);
  }
  holder[attribute.name] = values.filter((one) => !isEmptied(one, sub));
};

const objectAt = (holder: JsonObject, { name }: Attribute): JsonObject => {
  const held: Json | undefined = holder[name];
  return isObject(held) ? held : {};
};

const setPart = (object: JsonObject, { name }: Attribute, value: Json | undefined): void => {
  if (value === undefined) delete object[name];
  else object[name] = value;
};
