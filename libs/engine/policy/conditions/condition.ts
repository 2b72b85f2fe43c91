import type { Position } from '../yaml/position.js';

/** A value that a policy may compare with; never null, so that null in a call is always a wrong type. */
export type Scalar = string | number | boolean;

/** When a rule applies: plain data with positions. */
export type Condition =
  | { readonly kind: 'always' }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'arguments'; readonly tests: readonly ArgumentTest[] };

/** One argument, by its dotted path, and what must hold of it. */
export interface ArgumentTest {
  readonly path: string;
  readonly segments: readonly string[];
  readonly test: Test;
  readonly absent: Absent | null;
  readonly at: Position;
}

/** What a missing argument (and an empty array under `every`) counts as. */
export const ABSENT = ['matches', 'does not match'] as const;

/** One of {@link ABSENT}. */
export type Absent = (typeof ABSENT)[number];

/** Either checks on one scalar, or one quantifier over an array's elements. */
export type Test =
  | { readonly kind: 'checks'; readonly checks: readonly Check[] }
  | { readonly kind: 'every' | 'some'; readonly of: Test };

export const NUMBER_OPERATORS = ['lt', 'lte', 'gt', 'gte'] as const;
export const STRING_OPERATORS = ['startsWith', 'endsWith', 'contains', 'matches'] as const;
export const QUANTIFIERS = ['every', 'some'] as const;

export type NumberOperator = (typeof NUMBER_OPERATORS)[number];
export type StringOperator = (typeof STRING_OPERATORS)[number];

/** One operator with its operand. */
export type Check =
  | { readonly operator: 'eq'; readonly operand: Scalar }
  | { readonly operator: 'in'; readonly operand: readonly Scalar[] }
  | { readonly operator: NumberOperator; readonly operand: number }
  | { readonly operator: StringOperator; readonly operand: string };
