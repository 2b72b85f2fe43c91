import { hash } from 'node:crypto';

/** What names one token. */
export interface NamedToken {
  readonly issuer: string;
  /** Its `jti`; a token without one cannot be named. */
  readonly tokenId: string | null;
}

/** SHA-256 over a token's `iss`, a newline and its `jti`: it names a token, and gives none away. */
export const tokenDigest = (issuer: string, tokenId: string): string =>
  hash('sha256', `${issuer}\n${tokenId}`, 'hex');

// Verified tokens are cached, so each is digested once and not once for every call.
const digests = new WeakMap<NamedToken, string>();

/** The digest of a verified token; null for one without an id. */
export const digestOf = (token: NamedToken): string | null => {
  const { issuer, tokenId } = token;
  if (tokenId === null) return null;
  const known = digests.get(token);
  if (known !== undefined) return known;
  const digest = tokenDigest(issuer, tokenId);
  digests.set(token, digest);
  return digest;
};
