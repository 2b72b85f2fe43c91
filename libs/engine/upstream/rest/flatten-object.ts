import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { followRef } from './local-refs.js';

/** What the top of a schema may say whose members become arguments; of anything else something would be lost. */
const UNDERSTOOD = new Set([
  'type',
  'properties',
  'required',
  'title',
  'description',
  'default',
  'examples',
  'additionalProperties',
  'format',
  'allOf',
  'example',
  'externalDocs',
  'xml',
  'discriminator',
  'deprecated',
  'nullable',
  '$schema',
  '$id',
  '$comment',
]);
/** What limits members together: the service checks it itself. */
const CHECKED_BY_THE_SERVICE = new Set([
  'anyOf',
  'oneOf',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'dependencies',
  'if',
  'then',
  'else',
  'not',
]);

/** One member of an object, with every schema that describes it. */
export interface FlatMember {
  name: string;
  parts: Json[];
  isRequired: boolean;
}

/**
 * The members of an object's schema, `allOf` followed and what is only read left out; null where it is no
 * plain object with members of its own. Strict: null also where the schema says more than its members do.
 */
export const flattenObject = (
  document: JsonObject,
  schema: Json,
  options: { isStrict: boolean },
): FlatMember[] | null => {
  const members = new Map<string, FlatMember>();
  const required = new Set<string>();
  const open = new Set<JsonObject>();
  const collect = (part: Json): boolean => {
    if (!isObject(part)) return false;
    const node = followRef(document, part);
    if (open.has(node) || !isPlain(node, options.isStrict)) return false;
    open.add(node);
    const parts = Array.isArray(node['allOf']) ? node['allOf'] : [];
    if (!parts.every(collect)) return false;
    for (const [name, member] of Object.entries(
      isObject(node['properties']) ? node['properties'] : {},
    )) {
      if (isReadOnly(document, member)) continue;
      const known = members.get(name);
      if (known === undefined) members.set(name, { name, parts: [member], isRequired: false });
      else known.parts.push(member);
    }
    for (const name of Array.isArray(node['required']) ? node['required'] : [])
      if (typeof name === 'string') required.add(name);
    open.delete(node);
    return true;
  };
  if (!collect(schema) || (members.size === 0 && !saysNoMembers(document, schema))) return null;
  return [...members.values()].map((member) => ({
    ...member,
    isRequired: required.has(member.name),
  }));
};

const isPlain = (node: JsonObject, isStrict: boolean): boolean => {
  const { type, additionalProperties: more } = node;
  if (type !== undefined && type !== 'object') return false;
  if (isStrict && more !== undefined && more !== false) return false;
  return Object.keys(node).every(
    (key) =>
      UNDERSTOOD.has(key) || key.startsWith('x-') || (!isStrict && CHECKED_BY_THE_SERVICE.has(key)),
  );
};

/** `properties: {}` or a closed object is a body without members; silence is any object. */
const saysNoMembers = (document: JsonObject, schema: Json): boolean => {
  const node = followRef(document, schema);
  return isObject(node['properties']) || node['additionalProperties'] === false;
};

const isReadOnly = (document: JsonObject, member: Json): boolean =>
  isObject(member) && followRef(document, member)['readOnly'] === true;
