import { hasMarkedNumber, markedNumber, type Json } from '#libs/platform/kernel';

/** No argument can be valid: each number of a call is one that a double keeps, and smaller than 2^53. */
export const IMPOSSIBLE = Symbol('impossible');
/** We cannot tell; the tool server checks it. */
export const UNCHECKED = Symbol('unchecked');

const BOUND = 2 ** 53;
const BOUNDS = new Set([
  'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum', 'maxLength', 'minLength', 'maxItems',
  'minItems', 'maxContains', 'minContains', 'maxProperties', 'minProperties',
]); // prettier-ignore

/**
 * The value by which a keyword is checked, where it has numbers that no double keeps (marked, as they are
 * stored): a bound beyond all arguments stays one, and what equals no argument is left out.
 */
export const checkedValue = (
  keyword: string,
  value: Json,
): Json | typeof IMPOSSIBLE | typeof UNCHECKED => {
  if (!hasMarkedNumber(value)) return value;
  if (keyword === 'const') return IMPOSSIBLE;
  if (keyword === 'enum' && Array.isArray(value)) {
    const possible = value.filter((one) => !hasMarkedNumber(one));
    return possible.length === 0 ? IMPOSSIBLE : possible;
  }
  const bound = BOUNDS.has(keyword) ? Number(markedNumber(value) ?? Number.NaN) : Number.NaN;
  return Math.abs(bound) >= BOUND ? Math.sign(bound) * BOUND : UNCHECKED;
};
