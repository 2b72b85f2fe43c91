import type { Json, JsonObject } from '#libs/platform/kernel';
import {
  IN_PLACE,
  IN_PLACE_LISTS,
  IN_PLACE_MAPS,
  INNER,
  INNER_LISTS,
  INNER_MAPS,
  QUESTIONS,
} from './schema-keywords.js';

/** Counts the work of evaluating. */
export const STEPS_KEYWORD = 'x-gatehouse-steps';

/**
 * What one visit costs. A leaf costs nothing: it is visited once for each visit of its parent, which
 * counts it, or once for each value of the call, whose size is bounded.
 */
export function stepsOf(schema: JsonObject): number {
  const branches = [...IN_PLACE_LISTS].reduce((sum, keyword) => sum + sizeOf(schema[keyword]), 0);
  const properties = [...INNER_MAPS].reduce((sum, keyword) => sum + sizeOf(schema[keyword]), 0);
  const others = [...INNER, ...INNER_LISTS, ...IN_PLACE, ...IN_PLACE_MAPS, ...QUESTIONS, '$ref'];
  const isLeaf =
    branches + properties === 0 && others.every((keyword) => !isNested(schema[keyword]));
  const compared = Math.ceil(sizeOf(schema['enum']) / 16);
  return isLeaf ? compared : 1 + branches + Math.ceil(properties / 8) + compared;
}

const isNested = (value: Json | undefined): boolean =>
  value !== undefined && typeof value !== 'boolean';

const sizeOf = (value: Json | undefined): number =>
  typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
