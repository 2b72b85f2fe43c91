import type { ProposedChangeDetail } from '../api/types.js';
import { isObject } from '../shared/is-object.js';

interface Compared {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Plain {
  readonly name: string;
  readonly value: unknown;
}

/** The settings that differ before and after, and whatever else the effect says. */
export const effectRows = ({
  facts,
  changes,
}: NonNullable<ProposedChangeDetail['effect']>): { compared: Compared[]; plain: Plain[] } => {
  const plain = rowsOf(facts);
  if (!isObject(changes)) return { compared: [], plain };
  const { before, after, ...others } = changes;
  if (!isObject(before) && !isObject(after))
    return { compared: [], plain: [...plain, ...rowsOf(changes)] };
  return { compared: comparedOf(before, after), plain: [...plain, ...rowsOf(others)] };
};

const comparedOf = (before: unknown, after: unknown): Compared[] => {
  // Null before is something new, null after something that goes.
  const [old, fresh] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(fresh[key]))
    .map((key) => ({ name: words(key), before: old[key], after: fresh[key] }));
};

const rowsOf = (values: Record<string, unknown>): Plain[] =>
  Object.entries(values).map(([key, value]) => ({ name: words(key), value }));

/** "requiredClaims" as "Required claims". */
const words = (key: string): string => {
  const text = key.replaceAll(
    /([a-z])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return text.charAt(0).toUpperCase() + text.slice(1);
};
