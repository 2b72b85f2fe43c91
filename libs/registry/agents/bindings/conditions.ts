import { createHash } from 'node:crypto';
import type { BindingCondition } from './bindings.schemas.js';

/** The conditions in the one order in which they are kept: by claim. */
export const inOrder = (conditions: readonly BindingCondition[]): BindingCondition[] =>
  conditions
    .map(({ claim, equals }) => ({ claim, equals }))
    .toSorted((a, b) => (a.claim < b.claim ? -1 : 1));

/** SHA-256, hex, of the conditions in order; empty without any. */
export const digestOf = (conditions: readonly BindingCondition[]): string =>
  conditions.length === 0
    ? ''
    : createHash('sha256')
        .update(JSON.stringify(inOrder(conditions).map(({ claim, equals }) => [claim, equals])))
        .digest('hex');

/** Whether no token can meet both: they want different values of the same claim. */
export const exclude = (
  one: readonly BindingCondition[],
  other: readonly BindingCondition[],
): boolean => {
  const wanted = new Map(one.map(({ claim, equals }) => [claim, equals]));
  return other.some(({ claim, equals }) => {
    const value = wanted.get(claim);
    return value !== undefined && value !== equals;
  });
};
