import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { referencesOf, type LocalReferences } from './local-references.js';

/** What else evaluates the value that a schema evaluates, references followed; once each. */
export function partsOf(references: LocalReferences, schema: JsonObject): Set<JsonObject> {
  const parts = new Set<JsonObject>();
  const visit = (part: Json | undefined): void => {
    if (!isObject(part) || parts.has(part)) return;
    parts.add(part);
    const { allOf, anyOf, oneOf, then, else: otherwise, dependentSchemas, dependencies } = part;
    for (const list of [allOf, anyOf, oneOf]) if (Array.isArray(list)) list.forEach(visit);
    for (const map of [dependentSchemas, dependencies])
      if (isObject(map)) Object.values(map).forEach(visit);
    for (const one of [then, otherwise]) visit(one);
    for (const keyword of referencesOf(part)) visit(references.target(part, keyword));
  };
  visit(schema);
  return parts;
}

/** Whether this place, with everything that evaluates it, names any property. */
export const declaresProperties = (parts: ReadonlySet<JsonObject>): boolean =>
  [...parts].some(
    ({ properties, patternProperties }) =>
      properties !== undefined || patternProperties !== undefined,
  );
