import { MAX_JSON_DEPTH, type Json, type JsonObject } from '#libs/platform/kernel';

const MAX_SCHEMA_CHARACTERS = 64 * 1024;

/** Why an upstream's schema is too big or too deep to be looked at; null when it is neither. */
export function exceedsLimits(schema: JsonObject): string | null {
  // Depth first: JSON.stringify recurses, and a deep enough schema would exhaust the stack.
  if (isDeeperThan(schema, MAX_JSON_DEPTH)) {
    return `The schema is nested deeper than ${MAX_JSON_DEPTH} levels.`;
  }
  return JSON.stringify(schema).length > MAX_SCHEMA_CHARACTERS
    ? 'The schema is larger than 64 KB.'
    : null;
}

function isDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}
