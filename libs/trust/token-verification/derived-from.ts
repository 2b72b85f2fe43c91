import type { Json, JsonObject } from '#libs/platform/kernel';
import { TokenError } from './errors.js';

/** What a token of our own was obtained with: if that is revoked, so is the token (invariant I3). */
export interface DerivedFrom {
  /** SHA-256 over each token's `iss`, a newline and its `jti`. */
  readonly tokens: readonly string[];
  /** The trusted issuers of those tokens, by our ids for them. */
  readonly issuerIds: readonly string[];
  /** The bindings by which those of them that are ours were got. */
  readonly bindingIds: readonly string[];
}

/** Derived from nothing but itself. */
export const NOTHING: DerivedFrom = { tokens: [], issuerIds: [], bindingIds: [] };

/** Reads it from a token that we issued. */
export const derivedFromOf = ({
  derived_from: tokens,
  derived_from_issuers: issuerIds,
  derived_from_bindings: bindingIds,
}: JsonObject): DerivedFrom => ({
  tokens: texts(tokens),
  issuerIds: texts(issuerIds),
  bindingIds: texts(bindingIds),
});

const texts = (value: Json | undefined): readonly string[] => {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((text) => typeof text === 'string'))
    throw new TokenError('invalid_claims');
  return value;
};
