import { isUuid } from '#libs/platform/kernel';
import type { Lookup } from '#libs/trust/authorization-liveness';

/** Reads nothing where nothing is asked. */
export const ifAny = async <V>(
  asked: readonly unknown[],
  read: () => PromiseLike<V[]>,
): Promise<V[]> => (asked.length === 0 ? [] : read());

/** Several texts as one name. */
export const together = (texts: readonly string[]): string => JSON.stringify(texts);

/** What is no UUID names nothing, and the database would not take it for a question. */
export const uuids = (ids: readonly string[]): string[] => ids.filter(isUuid);

/** Rows by their name, for the names that were asked about; any other name is an error of ours. */
export const index = <V>(
  names: readonly string[],
  found: readonly V[],
  nameOf: (row: V) => string,
): ((name: string) => readonly V[]) => {
  const byName = new Map<string, V[]>(names.map((name) => [name, []]));
  for (const row of found) byName.get(nameOf(row))?.push(row);
  return (name) => {
    const known = byName.get(name);
    if (known === undefined) throw new Error('a rule asked about something that was not read');
    return known;
  };
};

/** The one row of a name, in the same way. */
export const lookup = <V>(...of: Parameters<typeof index<V>>): Lookup<V> => {
  const find = index(...of);
  return { get: (name) => find(name)[0] };
};
