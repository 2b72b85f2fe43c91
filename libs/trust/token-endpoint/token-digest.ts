import { createHash } from 'node:crypto';

/** SHA-256 over a token's `iss`, a newline and its `jti`: an entry names a token, and gives none away. */
export const tokenDigest = (issuer: string, tokenId: string): string =>
  createHash('sha256').update(`${issuer}\n${tokenId}`).digest('hex');
