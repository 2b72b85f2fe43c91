import type { CommandEntryData } from '#libs/engine/ledger';

type Facts = CommandEntryData['facts'];

// As many ids as one fact of the ledger may hold.
const MAX_IDS = 256;

/** Several hooks' facts as those of one entry: numbers are added up, lists put together. */
export const addFacts = (all: readonly Facts[]): Facts => {
  const sum: Facts = {};
  for (const [name, fact] of all.flatMap((facts) => Object.entries(facts))) {
    const known = sum[name];
    if (known === undefined) sum[name] = fact;
    else if (typeof known === 'number' && typeof fact === 'number') sum[name] = known + fact;
    else if (Array.isArray(known) && Array.isArray(fact))
      sum[name] = [...known, ...fact].slice(0, MAX_IDS);
    else throw new TypeError(`two hooks state the fact ${name}, which cannot be added up`);
  }
  return sum;
};
