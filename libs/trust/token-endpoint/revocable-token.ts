import { readUnverifiedToken, TokenError } from '#libs/trust/token-verification';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import type { revokeAccessTokenSchema } from './tokens.schemas.js';

/** What names one access token. */
export interface RevocableToken {
  issuer: string;
  tokenId: string;
  expiresAt: Date;
}

const MAX_ID_LENGTH = 500;
// What a Date can hold, in seconds.
const LAST_SECOND = 8_640_000_000_000;

/**
 * Reads which token is meant. Nobody has to prove that it is genuine: revoking a token that was never
 * issued takes nothing from anybody.
 * @throws DomainError `invalid_input` when it names none
 */
export const nameToken = (input: z.infer<typeof revokeAccessTokenSchema>): RevocableToken => {
  if (!('token' in input)) return { ...input, expiresAt: new Date(input.expiresAt) };
  const { iss, jti, exp } = claimsOf(input.token);
  if (typeof iss !== 'string' || iss === '' || iss.length > MAX_ID_LENGTH)
    throw unreadable('It names no issuer.');
  if (typeof exp !== 'number' || !(exp > 0 && exp < LAST_SECOND))
    throw unreadable('It does not say when it expires.');
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_ID_LENGTH || jti.includes('\0'))
    throw unreadable(
      'It has no id (jti), so only its binding can be removed or its agent suspended.',
    );
  return { issuer: iss, tokenId: jti, expiresAt: new Date(exp * 1000) };
};

const claimsOf = (token: string): Readonly<Record<string, unknown>> => {
  try {
    return readUnverifiedToken(token).claims;
  } catch (error) {
    if (error instanceof TokenError) throw unreadable('It is not a JWT in compact form.');
    throw error;
  }
};

const unreadable = (why: string): DomainError =>
  new DomainError('invalid_input', `This token cannot be revoked by itself. ${why}`);
