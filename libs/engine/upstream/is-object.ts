import type { Json, JsonObject } from '#libs/platform/kernel';

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
