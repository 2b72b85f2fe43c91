import { compareText, isObject, type JsonObject } from '#libs/platform/kernel';
import type { ResourceType } from '../schema/attribute.js';
import { applyPatch } from './patch.js';
import { readPatch } from './patch-operation.js';
import type { ChangeInput } from './change-input.js';
import { readResource } from './read-resource.js';

/** The resource as it shall be: the new one, or the present one with the operations applied. */
export const changedResource = (
  type: ResourceType,
  present: JsonObject,
  change: ChangeInput['change'],
): JsonObject =>
  'resource' in change
    ? readResource(type, change.resource)
    : applyPatch(type, present, readPatch(change.patch));

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    isObject(held)
      ? Object.fromEntries(Object.entries(held).toSorted(([a], [b]) => compareText(a, b)))
      : held,
  );

/** Whether two resources say the same: then a retry changes nothing, and the version stays. */
export const saysTheSame = (one: unknown, other: unknown): boolean =>
  canonical(one) === canonical(other);

/** The names of the attributes that differ, for the ledger. */
export const changedNames = (before: JsonObject, after: JsonObject): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !saysTheSame(before[name], after[name]))
    .toSorted();
