import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import type { ImportedArgument } from './import-parameters.js';
import { leaveOut } from './import-problem.js';
import { followRef } from './local-refs.js';
import type { SchemaImporter } from './schema-importer.js';

/** What the top of a body's schema may say; anything else would be lost when its members become arguments. */
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
]);

/**
 * The members of an operation's JSON body as arguments, or null if it has none. Members that the body
 * requires are required even if the body as a whole is optional.
 */
export const importBody = (
  document: JsonObject,
  requestBody: Json | undefined,
  schemas: SchemaImporter,
): ImportedArgument[] | null => {
  if (requestBody === undefined) return null;
  const content = followRef(document, requestBody).node['content'];
  const json = isObject(content)
    ? Object.entries(content).find(([type]) => /^application\/json\s*(;|$)/i.test(type))?.[1]
    : undefined;
  if (!isObject(json)) return leaveOut('its body is not application/json');
  return membersOf(document, json['schema'], [], schemas);
};

const membersOf = (
  document: JsonObject,
  schema: Json | undefined,
  seen: readonly string[],
  schemas: SchemaImporter,
): ImportedArgument[] => {
  const { node, seen: open } = followRef(document, schema, seen);
  const odd = Object.keys(node).find(
    (key) =>
      !UNDERSTOOD.has(key) &&
      !key.startsWith('x-') &&
      !['example', 'externalDocs', 'xml', 'discriminator', 'deprecated'].includes(key),
  );
  if (odd !== undefined) return leaveOut(`its body's schema uses "${odd}" at the top`);
  if (node['type'] !== undefined && node['type'] !== 'object')
    return leaveOut('its body is not an object');
  const parts = Array.isArray(node['allOf'])
    ? node['allOf'].flatMap((part) => membersOf(document, part, open, schemas))
    : [];
  const required = Array.isArray(node['required']) ? node['required'] : [];
  const own = Object.entries(isObject(node['properties']) ? node['properties'] : {})
    .filter(([, member]) => !isReadOnly(document, member))
    .map(([name, member]) => ({
      name,
      schema: schemas.import(member, open),
      isRequired: required.includes(name),
    }));
  return merged([...parts, ...own], required);
};

/** `allOf` may require in one part what another part describes. */
const merged = (members: ImportedArgument[], required: readonly Json[]): ImportedArgument[] => {
  const byName = new Map<string, ImportedArgument>();
  for (const member of members) {
    const other = byName.get(member.name);
    byName.set(member.name, {
      name: member.name,
      schema: other === undefined ? member.schema : { allOf: [other.schema, member.schema] },
      isRequired: member.isRequired || other?.isRequired === true || required.includes(member.name),
    });
  }
  return [...byName.values()];
};

const isReadOnly = (document: JsonObject, member: Json): boolean =>
  isObject(member) && followRef(document, member).node['readOnly'] === true;
