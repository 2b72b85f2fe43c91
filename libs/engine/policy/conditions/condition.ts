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
/** What a length is compared by. */
export const LENGTH_OPERATORS = ['eq', ...NUMBER_OPERATORS] as const;
/** What they read from a text is compared by {@link NAME_OPERATORS}: the host of a URL, the domain of an address. */
export const NAME_SOURCES = ['host', 'domain'] as const;
export const NAME_OPERATORS = ['eq', 'in', 'endsWith'] as const;
export const QUANTIFIERS = ['every', 'some'] as const;

export type NumberOperator = (typeof NUMBER_OPERATORS)[number];
export type StringOperator = (typeof STRING_OPERATORS)[number];
export type NameSource = (typeof NAME_SOURCES)[number];

/** All of its bounds must hold. */
export type LengthTest = Readonly<Partial<Record<(typeof LENGTH_OPERATORS)[number], number>>>;

/** All that it says must hold; names are as `canonicalHost` writes them, suffixes begin with a dot. */
export interface NameTest {
  readonly eq?: string;
  readonly in?: readonly string[];
  readonly endsWith?: string;
}

/** A check that `ignoreCase` may stand beside. */
export type FoldableCheck =
  | { readonly operator: 'eq'; readonly operand: Scalar; readonly ignoreCase?: true }
  | { readonly operator: 'in'; readonly operand: readonly Scalar[]; readonly ignoreCase?: true }
  | {
      readonly operator: Exclude<StringOperator, 'matches'>;
      readonly operand: string;
      readonly ignoreCase?: true;
    };

/** One operator with its operand. */
export type Check =
  | FoldableCheck
  | { readonly operator: NumberOperator; readonly operand: number }
  | { readonly operator: 'matches'; readonly operand: string }
  | { readonly operator: 'length'; readonly operand: LengthTest }
  | { readonly operator: NameSource; readonly operand: NameTest };

/** The checks of one value, or of one element of an array. */
export const innermostChecks = (test: Test): readonly Check[] =>
  test.kind === 'checks' ? test.checks : innermostChecks(test.of);
