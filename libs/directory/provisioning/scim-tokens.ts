import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const PREFIX_LENGTH = 12;

/** A SCIM bearer token at its making: shown once, then only its hash is known. */
export interface NewScimToken {
  token: string;
  hash: Buffer<ArrayBuffer>;
  /** Tells tokens apart on screens; far too short to be one. */
  prefix: string;
}

/** The hash under which a token is kept: it is random, so one fast hash is enough. */
export const scimTokenHash = (token: string): Buffer<ArrayBuffer> =>
  createHash('sha256').update(token).digest();

/** Draws a token of 256 random bits. */
export const newScimToken = (): NewScimToken => {
  const token = `gh_scim_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  return { token, hash: scimTokenHash(token), prefix: token.slice(0, PREFIX_LENGTH) };
};
