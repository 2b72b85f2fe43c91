import { hash } from 'node:crypto';
import type { VerifiedToken } from '#libs/trust/token-verification';

/** SHA-256 over a token's `iss`, a newline and its `jti`. */
export const digestOf = ({ issuer, tokenId }: { issuer: string; tokenId: string }): string =>
  hash('sha256', `${issuer}\n${tokenId}`, 'hex');

// Verified tokens are cached, so each is digested once and not once for every call.
const digests = new WeakMap<VerifiedToken, string>();

/** Which token a call came with, for whoever knows the token: its jti itself would give it away. */
export const tokenDigest = (token: VerifiedToken): string | null => {
  const { issuer, tokenId } = token;
  if (tokenId === null) return null;
  const known = digests.get(token);
  if (known !== undefined) return known;
  const digest = digestOf({ issuer, tokenId });
  digests.set(token, digest);
  return digest;
};
