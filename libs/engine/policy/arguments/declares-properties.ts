import type { Json, JsonObject } from '#libs/platform/kernel';
import { resolvePointer } from './schema-pointer.js';

/** Whether this place, with everything that evaluates it, names any property. */
export function declaresProperties(
  document: JsonObject,
  schema: Json | undefined,
  seen: Set<Json> = new Set(),
): boolean {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema) || seen.has(schema))
    return false;
  seen.add(schema);
  if (schema['properties'] !== undefined || schema['patternProperties'] !== undefined) return true;
  const {
    $ref,
    allOf,
    anyOf,
    oneOf,
    then,
    else: otherwise,
    dependentSchemas,
    dependencies,
  } = schema;
  const parts = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const maps = [dependentSchemas, dependencies].flatMap((map) => (map ? Object.values(map) : []));
  const referred = typeof $ref === 'string' ? resolvePointer(document, $ref) : undefined;
  return [...parts, ...maps, then, otherwise, referred].some((part) =>
    declaresProperties(document, part, seen),
  );
}
