import type { JsonObject } from '#libs/platform/kernel';
import { TokenError } from '../errors.js';
import type { UnverifiedToken } from '../unverified-token.js';

/** Who an access token names, by its issuer's way of writing one. */
export interface NamedParties {
  readonly subject: string;
  readonly clientId: string | null;
  readonly isClientItself: boolean;
}

/** One way of writing access tokens. */
export interface Profile {
  /**
   * Throws unless this is an access token (invariant I9). It keeps ID tokens, ID-JAGs, logout tokens and
   * the like out, all of which the same issuer signs with the same keys.
   */
  assertAccessToken(token: UnverifiedToken): void;
  /** Reads whom it names; the claims have been verified. */
  parties(claims: JsonObject): NamedParties;
}

/** The rejection of everything that is no access token of the issuer's profile. */
export const notAnAccessToken = (): TokenError => new TokenError('not_an_access_token');

/** RFC 7515 §4.1.9: media types compare without case, and "application/" may be left out. */
export const mediaType = (typ: unknown): string | undefined =>
  typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined;

/** Rejects a token whose `typ` is none of these; null stands for none at all. */
export const assertTyp = (
  { header }: UnverifiedToken,
  allowed: readonly (string | null)[],
): void => {
  if (!allowed.includes(mediaType(header['typ']) ?? null)) throw notAnAccessToken();
};

/** Rejects a token that lacks one of these claims. */
export const assertPresent = (
  { claims }: Pick<UnverifiedToken, 'claims'>,
  names: readonly string[],
): void => {
  if (names.some((name) => claims[name] === undefined || claims[name] === null))
    throw notAnAccessToken();
};

// What only an ID token, a logout token, a security event (RFC 8417) or a DPoP proof carries.
const FOREIGN_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events', 'sub_id', 'htm', 'htu'];

/** Rejects what another kind of JWT carries; for profiles whose `typ` alone does not tell. */
export const assertNoForeignClaims = ({ claims }: UnverifiedToken): void => {
  if (FOREIGN_CLAIMS.some((name) => Object.hasOwn(claims, name))) throw notAnAccessToken();
};

const MAX_NAME_LENGTH = 1_000;

/** Whether a text can be looked up in the database, which holds neither NUL nor half a character. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** A claim that names somebody: a text that is neither empty nor endless, and can be looked up. */
export const nameClaim = (claims: JsonObject, claim: string): string => {
  const value = claims[claim];
  if (typeof value !== 'string' || value === '' || value.length > MAX_NAME_LENGTH)
    throw new TokenError('invalid_claims');
  if (!isStorable(value)) throw new TokenError('invalid_claims');
  return value;
};

/** The audiences as a list; empty when the claim has neither of its two forms. */
export const audiencesOf = (claims: UnverifiedToken['claims']): readonly string[] => {
  const { aud } = claims;
  if (typeof aud === 'string') return [aud];
  if (!Array.isArray(aud) || !aud.every((one) => typeof one === 'string')) return [];
  return aud;
};
