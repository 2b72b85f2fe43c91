import type { Entry, YamlReader } from '../yaml/yaml-reader.js';
import type { Check } from './condition.js';

const ADVICE =
  '`ignoreCase` stands beside `eq`, `in`, `startsWith`, `endsWith` or `contains` with texts; in a pattern write `(?i)`.';

/** The checks of a test that says `ignoreCase: true`. */
export function parseIgnoreCase(
  reader: YamlReader,
  { value, keyNode }: Entry,
  checks: readonly Check[],
): Check[] | null {
  if (reader.isTrue(value, '`ignoreCase`', keyNode) === null) return null;
  const folded = checks.map(folding).filter((check) => check !== null);
  const isUsed = folded.some((check) => check.operator !== 'length');
  return isUsed && folded.length === checks.length ? folded : reader.reject(keyNode, ADVICE);
}

function folding(check: Check): Check | null {
  switch (check.operator) {
    case 'eq':
      return typeof check.operand === 'string' ? { ...check, ignoreCase: true } : null;
    case 'in':
      return check.operand.every((one) => typeof one === 'string')
        ? { ...check, ignoreCase: true }
        : null;
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return { ...check, ignoreCase: true };
    // Folding keeps the number of characters.
    case 'length':
      return check;
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
    case 'matches':
    case 'host':
    case 'domain':
      return null;
  }
}
