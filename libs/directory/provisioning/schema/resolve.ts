import type { AttributePath } from '../filter/filter.js';
import { badRequest, type ScimType } from '../errors.js';
import { COMMON, findAttribute, type Attribute, type ResourceType } from './attribute.js';

/** An attribute that was named, found in the schemas: nothing else can be reached. */
export interface Resolved {
  /** The extension it belongs to; null for the core schema and the common attributes. */
  extension: string | null;
  attribute: Attribute;
  /** The part of it that was named, or null. */
  sub: Attribute | null;
}

/** Where the value is in a resource's JSON. */
export const keysOf = ({ extension, attribute, sub }: Resolved): string[] => [
  ...(extension === null ? [] : [extension]),
  attribute.name,
  ...(sub === null ? [] : [sub.name]),
];

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

// Without a URN the core schema and the common attributes are meant (RFC 7643 §3.1). With one, the name
// after the last colon may be an attribute of that schema.
const schemasFor = (type: ResourceType, urn: string | null) => {
  const core = { extension: null, attributes: [...COMMON, ...type.schema.attributes] };
  if (urn === null || same(urn, type.schema.id)) return [core];
  return type.extensions
    .filter(({ id }) => same(id, urn))
    .map(({ id, attributes }) => ({ extension: id, attributes }));
};

/** Finds what a path names; null when the resource type has no such attribute. */
export const resolve = (type: ResourceType, path: AttributePath): Resolved | null => {
  for (const { extension, attributes } of schemasFor(type, path.urn)) {
    const attribute = findAttribute(attributes, path.name);
    if (attribute === undefined) continue;
    if (path.sub === null) return { extension, attribute, sub: null };
    const sub = findAttribute(attribute.subAttributes ?? [], path.sub);
    return sub === undefined ? null : { extension, attribute, sub };
  }
  return null;
};

/** Finds what a path names, or rejects. */
export const resolveOrReject = (
  type: ResourceType,
  path: AttributePath,
  scimType: ScimType,
): Resolved => {
  const found = resolve(type, path);
  if (found !== null) return found;
  const name = [path.name, path.sub].filter((part) => part !== null).join('.');
  throw badRequest(scimType, `A ${type.name} has no attribute ${name.slice(0, 200)}.`);
};

/** The URN of an extension as it is spelt in its schema, when the text names one in any case. */
export const extensionNamed = (type: ResourceType, text: string): string | null =>
  type.extensions.find(({ id }) => same(id, text))?.id ?? null;
