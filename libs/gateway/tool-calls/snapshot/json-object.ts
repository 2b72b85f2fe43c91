import type { JsonObject } from '#libs/platform/kernel';

/** What the database keeps as JSON, held to be an object. */
export const jsonObject = (value: unknown): JsonObject => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('a registry row holds something else where a JSON object belongs');
  return value as JsonObject;
};
