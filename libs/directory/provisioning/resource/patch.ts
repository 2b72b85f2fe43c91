import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { parsePatchPath } from '../filter/parse-filter.js';
import { badRequest } from '../errors.js';
import type { Attribute, ResourceType } from '../schema/attribute.js';
import { extensionNamed, resolve, resolveOrReject, type Resolved } from '../schema/resolve.js';
import type { PatchPath } from '../filter/filter.js';
import { changeAttribute } from './patch-attribute.js';
import { changeValues } from './patch-values.js';
import type { PatchOperation } from './patch-operation.js';
import { readResource } from './read-resource.js';
import { MAX_VALUES, tooManyValues } from './read-value.js';

/**
 * Applies the operations of a PATCH in order (RFC 7644 §3.5.2) to a copy of the resource, which comes
 * back read by its schemas; what the schemas do not hold, no path reaches.
 */
export const applyPatch = (
  type: ResourceType,
  resource: JsonObject,
  operations: readonly PatchOperation[],
): JsonObject => {
  assertLittleGiven(operations);
  const patched = structuredClone(resource);
  for (const operation of operations) applyOperation(type, patched, operation);
  return readResource(type, patched);
};

// Each is compared with every value that there is: several times what a resource holds takes seconds.
const MAX_GIVEN = 5000;

const assertLittleGiven = (operations: readonly PatchOperation[]): void => {
  let given = 0;
  const waiting: (Json | undefined)[] = operations.map(({ value }) => value);
  while (waiting.length > 0) {
    const value = waiting.pop();
    given += 1;
    if (typeof value === 'object' && value !== null)
      for (const one of Object.values(value)) waiting.push(one);
    if (given + waiting.length > MAX_GIVEN)
      throw badRequest('tooMany', `At most ${MAX_GIVEN} values in one PATCH: send fewer.`);
  }
};

const applyOperation = (
  type: ResourceType,
  resource: JsonObject,
  { op, path, value }: PatchOperation,
): void => {
  if (path === null) {
    if (op === 'remove') throw badRequest('noTarget', 'Say with path what to remove.');
    if (!isObject(value)) throw badRequest('invalidValue', 'Without a path, value is an object.');
    applyObject(type, resource, op, value, null);
    return;
  }
  const urn = extensionNamed(type, path);
  if (urn !== null) {
    if (op === 'remove') delete resource[urn];
    else if (isObject(value)) applyObject(type, resource, op, value, urn);
    else throw badRequest('invalidValue', 'The value of an extension is an object.');
    return;
  }
  const target = parsePatchPath(path);
  const resolved = resolveOrReject(type, target.attribute, 'invalidPath');
  assertWritable(resolved);
  applyTo(resource, resolved, target, { op, path, value });
};

// Each key is a path of its own: clients write `name.givenName`, `emails[type eq "work"].value` and
// whole URNs there. As on creation, unknown ones and what is ours to say are ignored.
const applyObject = (
  type: ResourceType,
  resource: JsonObject,
  op: 'add' | 'replace',
  values: JsonObject,
  within: string | null,
): void => {
  for (const [key, value] of Object.entries(values)) {
    const urn = within === null ? extensionNamed(type, key) : null;
    if (urn !== null && isObject(value)) {
      applyObject(type, resource, op, value, urn);
      continue;
    }
    if (key.toLowerCase() === 'schemas') continue;
    const target = parsePatchPath(within === null ? key : `${within}:${key}`);
    const resolved = resolve(type, target.attribute);
    if (resolved === null || isReadOnly(resolved)) continue;
    applyTo(resource, resolved, target, { op, path: key, value });
  }
};

const isReadOnly = ({ attribute, sub }: Resolved): boolean =>
  attribute.mutability === 'readOnly' ||
  attribute.name === 'schemas' ||
  sub?.mutability === 'readOnly';

const assertWritable = (resolved: Resolved): void => {
  if (!isReadOnly(resolved)) return;
  throw badRequest('mutability', `${resolved.attribute.name} is read-only: leave it out.`);
};

const applyTo = (
  resource: JsonObject,
  resolved: Resolved,
  target: PatchPath,
  operation: PatchOperation,
): void => {
  const holder = holderOf(resource, resolved.extension);
  if (target.filter === null) changeAttribute(holder, resolved, operation);
  else changeValues(holder, resolved.attribute, target, operation);
  assertFewValues(resolved.attribute, holder);
};

// After each operation: the next one compares what it is given with every value there is.
const assertFewValues = ({ name }: Attribute, holder: JsonObject): void => {
  const held: Json | undefined = holder[name];
  if (Array.isArray(held) && held.length > MAX_VALUES) throw tooManyValues(name);
};

const holderOf = (resource: JsonObject, extension: string | null): JsonObject => {
  if (extension === null) return resource;
  const held: Json | undefined = resource[extension];
  if (isObject(held)) return held;
  const made: JsonObject = {};
  resource[extension] = made;
  return made;
};
