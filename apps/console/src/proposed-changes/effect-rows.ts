import type { ProposedChangeDetail } from '../api/types.js';
import { isObject } from '../shared/is-object.js';

interface Compared {
  readonly key: string;
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Plain {
  readonly key: string;
  readonly name: string;
  readonly value: unknown;
}

/** The settings that differ before and after, and whatever else the effect says. */
export const effectRows = ({
  facts: allFacts,
  changes,
}: Pick<NonNullable<ProposedChangeDetail['effect']>, 'facts' | 'changes'>): {
  compared: Compared[];
  plain: Plain[];
} => {
  const facts = withoutIds(allFacts);
  if (!isObject(changes)) return { compared: [], plain: rowsOf('fact', facts) };
  const { before, after, ...others } = changes;
  if (!isObject(before) && !isObject(after))
    return { compared: [], plain: [...rowsOf('fact', facts), ...rowsOf('change', changes)] };
  const compared = comparedOf(before, after);
  return {
    compared,
    plain: [...rowsOf('fact', withoutNames(facts, compared)), ...rowsOf('change', others)],
  };
};

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// Ids tell people nothing: what they stand for is named beside them, or in the ledger.
const withoutIds = (facts: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(facts).filter(([, value]) => !(typeof value === 'string' && ID.test(value))),
  );

/** The facts without the list of what changed, where the compared rows say all of it. */
const withoutNames = (
  { changed, ...facts }: Record<string, unknown>,
  compared: readonly Compared[],
): Record<string, unknown> => {
  const isSaid =
    changed === undefined ||
    (Array.isArray(changed) && changed.every((key) => compared.some((row) => row.key === key)));
  return isSaid ? facts : { ...facts, changed };
};

const comparedOf = (before: unknown, after: unknown): Compared[] => {
  // Null before is something new, null after something that goes.
  const [old, fresh] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(fresh[key]))
    .map((key) => ({ key, name: words(key), before: old[key], after: fresh[key] }));
};

const rowsOf = (kind: string, values: Record<string, unknown>): Plain[] =>
  Object.entries(values)
    // What does not apply to this change says nothing of it.
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ({ key: `${kind} ${key}`, name: words(key), value }));

/** "requiredClaims" as "Required claims". */
const words = (key: string): string => {
  const text = key.replaceAll(
    /([a-z])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return text.charAt(0).toUpperCase() + text.slice(1);
};
