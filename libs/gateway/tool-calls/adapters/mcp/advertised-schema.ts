import type { Json, JsonObject } from '#libs/platform/kernel';

const MIRRORS = 'x-mcp-header';
const NAMES_TO_SCHEMAS = new Set(['properties', 'patternProperties', '$defs', 'definitions']);

/**
 * A tool's schema as our clients see it: without `x-mcp-header`. The gateway mirrors arguments into
 * headers for the tool server itself, from what it evaluated, so no client's headers can disagree (G3).
 */
export const advertisedSchema = (schema: JsonObject): JsonObject =>
  strip(schema, false) as JsonObject;

const strip = (value: Json, isNames: boolean): Json => {
  if (Array.isArray(value)) return value.map((item) => strip(item, false));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // Among names of properties it is only a name.
      .filter(([key]) => isNames || key !== MIRRORS)
      .map(([key, inner]) => [key, strip(inner, !isNames && NAMES_TO_SCHEMAS.has(key))]),
  );
};
