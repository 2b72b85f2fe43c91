import fc from 'fast-check';
import { COMPARISONS, type AttributePath, type Filter, type Literal } from './filter.js';

/** For specs: filters that are built of these leaves with and, or and not. */
export const filtersOf = (leaf: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      {
        weight: 4,
        arbitrary: fc.record<Filter & { kind: 'and' | 'or' }>({
          kind: fc.constantFrom('and', 'or'),
          left: tie('filter'),
          right: tie('filter'),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record<Filter & { kind: 'not' }>({
          kind: fc.constant('not'),
          filter: tie('filter'),
        }),
      },
    ),
  })).filter;

/** For specs: conditions on these attributes, with a literal or `pr`. */
export const leavesOf = (
  paths: fc.Arbitrary<AttributePath>,
  literals: fc.Arbitrary<Literal>,
): fc.Arbitrary<Filter> =>
  fc.oneof(
    fc.record<Filter & { kind: 'present' }>({ kind: fc.constant('present'), path: paths }),
    fc.record<Filter & { kind: 'compare' }>({
      kind: fc.constant('compare'),
      path: paths,
      operator: fc.constantFrom(...COMPARISONS),
      value: literals,
    }),
  );

/** For specs: an attribute's path as it is written. */
export const writtenPath = ({ urn, name, sub }: AttributePath): string =>
  `${urn === null ? '' : `${urn}:`}${name}${sub === null ? '' : `.${sub}`}`;

/** For specs: how a filter may be written. */
export interface FilterStyle {
  /** With all parentheses instead of no more than it needs. */
  allParentheses?: boolean;
  /** With operators in capitals. */
  inCapitals?: boolean;
}

/** For specs: the tokens of a filter. */
export const tokensOfFilter = (
  filter: Filter,
  { allParentheses = false, inCapitals = false }: FilterStyle = {},
): string[] => {
  const spelt = (operator: string) => (inCapitals ? operator.toUpperCase() : operator);
  const write = (part: Filter, isInAnd = false): string[] => {
    switch (part.kind) {
      case 'and':
        return wrap([...write(part.left, true), spelt('and'), ...write(part.right, true)]);
      case 'or':
        return wrap([...write(part.left), spelt('or'), ...write(part.right)], isInAnd);
      case 'not':
        return [spelt('not'), '(', ...write(part.filter), ')'];
      case 'present':
        return [writtenPath(part.path), spelt('pr')];
      case 'compare':
        return [writtenPath(part.path), spelt(part.operator), JSON.stringify(part.value)];
      case 'within':
        return [writtenPath(part.path), '[', ...write(part.filter), ']'];
    }
  };
  const wrap = (tokens: string[], isNeeded = false): string[] =>
    isNeeded || allParentheses ? ['(', ...tokens, ')'] : tokens;
  return write(filter);
};
