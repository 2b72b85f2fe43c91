import type { ImportedBody } from './import-body.js';
import type { ImportedParameter } from './import-parameters.js';
import { leaveOut } from './import-problem.js';
import type { ParameterPlace } from './operation.js';

type Place = ParameterPlace | 'body';

/** The first of these to have a name keeps it. */
const PLACES: readonly Place[] = ['path', 'query', 'header', 'cookie', 'body'];
const UNSAFE = new Set(['', '__proto__']);

/** The name of an argument by where it goes and how it is named there. */
export type ArgumentName = (place: Place, name: string) => string;

/**
 * The one rule by which arguments are named: as in the document; where a name occurs in several places it
 * stays in the first of path, query, header, cookie and body, and is `<place>_<name>` in the others.
 * @throws UnsupportedOperationError where that name is in use, too, or no argument can have it
 */
export const argumentNames = (
  parameters: readonly ImportedParameter[],
  body: ImportedBody | null,
): ArgumentName => {
  const inPlaces = Map.groupBy(parameters, (parameter) => parameter.in as Place);
  const whole = body?.whole ?? null;
  const inBody = whole === null ? (body?.members ?? []) : [whole];
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const place of PLACES) {
    const found = place === 'body' ? inBody : (inPlaces.get(place) ?? []);
    for (const { name } of found) {
      const argument = taken.has(name) ? `${place}_${name}` : name;
      if (taken.has(argument)) leaveOut(`two of its arguments are named "${shown(argument)}"`);
      if (UNSAFE.has(argument)) leaveOut('one of its arguments has an unsafe name');
      taken.add(argument);
      names.set(keyOf(place, name), argument);
    }
  }
  return (place, name) => names.get(keyOf(place, name)) ?? name;
};

const keyOf = (place: Place, name: string): string => `${place} ${name}`;

const shown = (name: string): string => name.slice(0, 100);
