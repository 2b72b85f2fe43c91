import { unmarkNumbers, type ExactObject, type Json, type JsonObject } from '#libs/platform/kernel';

const MIRRORS = 'x-mcp-header';
const NAMES_TO_SCHEMAS = new Set(['properties', 'patternProperties', '$defs', 'definitions']);

/**
 * A tool's schema as our clients see it: without `x-mcp-header`. The gateway mirrors arguments into
 * headers for the tool server itself, from what it evaluated, so no client's headers can disagree (G3).
 * Numbers have the digits that the tool server gave them (G20).
 */
export const advertisedSchema = (schema: JsonObject): ExactObject =>
  unmarkNumbers(strip(schema, false)) as ExactObject;

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
