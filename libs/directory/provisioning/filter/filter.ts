/** The comparison operators of RFC 7644 §3.4.2.2, without `pr`. */
export const COMPARISONS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;

/** One of {@link COMPARISONS}. */
export type Comparison = (typeof COMPARISONS)[number];

/** A literal of the grammar: JSON without arrays and objects. */
export type Literal = string | number | boolean | null;

/** The name of an attribute as it was written: `urn:…:User:name.familyName`. */
export interface AttributePath {
  /** Null when no URN stands before it. */
  urn: string | null;
  name: string;
  sub: string | null;
}

/** A parsed filter. `within` is a value path: its inner filter speaks of one value's parts. */
export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; filter: Filter }
  | { kind: 'present'; path: AttributePath }
  | { kind: 'compare'; path: AttributePath; operator: Comparison; value: Literal }
  | { kind: 'within'; path: AttributePath; filter: Filter };

/** The target of a PATCH operation (RFC 7644 §3.5.2): an attribute, or parts of some of its values. */
export interface PatchPath {
  attribute: AttributePath;
  /** Which values, for `emails[type eq "work"]`. */
  filter: Filter | null;
  /** What of them, for `emails[type eq "work"].value`. */
  sub: string | null;
}
