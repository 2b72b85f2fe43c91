import { isObject, type JsonObject } from '#libs/platform/kernel';
import { badRequest } from '../errors.js';
import { COMMON, findAttribute, type Attribute, type ResourceType } from '../schema/attribute.js';
import { extensionNamed } from '../schema/resolve.js';
import { readValue } from './read-value.js';

const MAX_JSON_CHARACTERS = 64 * 1024;

const readAttributes = (attributes: readonly Attribute[], raw: JsonObject): JsonObject => {
  const read: JsonObject = {};
  for (const [key, value] of Object.entries(raw)) {
    const known = findAttribute(attributes, key);
    // Unknown ones are ignored, and so is what is ours to say (RFC 7644 §3.3).
    if (known === undefined || known.mutability === 'readOnly' || known.name === 'schemas')
      continue;
    const kept = readValue(known, value);
    if (kept !== undefined) read[known.name] = kept;
  }
  return read;
};

const assertSchemas = (type: ResourceType, schemas: unknown): void => {
  if (schemas === undefined) return;
  const names = Array.isArray(schemas) ? schemas.map((name) => String(name).toLowerCase()) : [];
  if (names.includes(type.schema.id.toLowerCase())) return;
  throw badRequest('invalidValue', `schemas must name ${type.schema.id}.`);
};

const assertRequired = ({ schema }: ResourceType, resource: JsonObject): void => {
  const missing = schema.attributes.find(
    ({ name, required }) => required && resource[name] === undefined,
  );
  if (missing === undefined) return;
  throw badRequest('invalidValue', `${missing.name} is missing: a ${schema.name} must have it.`);
};

/**
 * A resource as a client sent it, in the schemas' own spelling: known and writable attributes alone,
 * each of its type. @throws ScimError `invalidValue`
 */
export const readResource = (type: ResourceType, raw: JsonObject): JsonObject => {
  assertSchemas(type, raw['schemas']);
  const read = readAttributes([...COMMON, ...type.schema.attributes], raw);
  for (const [key, value] of Object.entries(raw)) {
    const urn = extensionNamed(type, key);
    const extension = type.extensions.find(({ id }) => id === urn);
    if (extension === undefined || !isObject(value)) continue;
    const kept = readAttributes(extension.attributes, value);
    if (Object.keys(kept).length > 0) read[extension.id] = kept;
  }
  assertRequired(type, read);
  if (JSON.stringify(read).length > MAX_JSON_CHARACTERS)
    throw badRequest('invalidValue', 'The resource is too large: send fewer attributes.');
  return read;
};
