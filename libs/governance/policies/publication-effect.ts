import { isDeepStrictEqual } from 'node:util';
import type { CallRule } from '#libs/engine/policy';
import type { Json } from '#libs/platform/kernel';
import { readRules } from './policies.loader.js';
import type { Basis } from './policies.repository.js';

const NAMED = 50;

/** Which rules a publication adds, changes and removes: by name, at most fifty of each, and how many there are. */
export const publicationEffect = async (
  basis: Basis | null,
  version: Pick<Basis, 'id' | 'text' | 'bindings'>,
): Promise<Json> => {
  const before = basis === null ? new Map<string, CallRule>() : await rulesOf(basis);
  const after = await rulesOf(version);
  const added = [...after.keys()].filter((name) => !before.has(name));
  const removed = [...before.keys()].filter((name) => !after.has(name));
  const changed = [...after]
    .filter(([name, rule]) => before.has(name) && !isDeepStrictEqual(before.get(name), rule))
    .map(([name]) => name);
  return {
    ...listed('rulesAdded', added),
    ...listed('rulesChanged', changed),
    ...listed('rulesRemoved', removed),
  };
};

const rulesOf = async ({ id, ...version }: Pick<Basis, 'id' | 'text' | 'bindings'>) =>
  new Map(((await readRules(id, version)) ?? []).map((rule) => [rule.conditions.rule, rule]));

const listed = (key: string, names: readonly string[]): Record<string, Json> =>
  names.length <= NAMED
    ? { [key]: [...names] }
    : { [key]: names.slice(0, NAMED), [`${key}Count`]: names.length };
