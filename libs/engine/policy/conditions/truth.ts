/** Kleene's three values, as numbers, so that "and" is the smaller, "or" the larger, "not" the sign. */
export type Truth = -1 | 0 | 1;

export const TRUE: Truth = 1;
export const UNKNOWN: Truth = 0;
export const FALSE: Truth = -1;

/** A truth value's name in explanations. */
export type TruthName = 'true' | 'false' | 'unknown';

export const negate = (truth: Truth): Truth =>
  truth === TRUE ? FALSE : truth === FALSE ? TRUE : UNKNOWN;

export const truthOf = (holds: boolean): Truth => (holds ? TRUE : FALSE);

export const truthName = (truth: Truth): TruthName =>
  truth === TRUE ? 'true' : truth === FALSE ? 'false' : 'unknown';
