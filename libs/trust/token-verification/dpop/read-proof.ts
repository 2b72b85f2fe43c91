import type { JWK } from 'jose';
import { isValidKey } from '../keys/validate-keys.js';
import { mediaType } from '../profiles/profile.js';
import { TokenError } from '../errors.js';
import { readUnverifiedToken, type UnverifiedToken } from '../unverified-token.js';
import { DPOP_ALGORITHMS } from './dpop-algorithms.js';

/** A DPoP proof before anything about it is believed. */
export interface UnverifiedProof {
  readonly key: JWK;
  readonly algorithm: string;
  readonly claims: UnverifiedToken['claims'];
}

/** The rejection of a proof that is not one for this request. */
export const invalidProof = (cause?: unknown): TokenError =>
  new TokenError('dpop_invalid', { cause });

/** Takes a proof apart: its form, its kind, and a public key with which it can be checked. */
export const readProof = (proof: string): UnverifiedProof => {
  const { header, claims } = unverified(proof);
  const { alg, jwk } = header;
  if (mediaType(header['typ']) !== 'dpop+jwt' || !isValidKey(jwk)) throw invalidProof();
  const algorithm = DPOP_ALGORITHMS.find((known) => known === alg);
  if (algorithm === undefined) throw invalidProof();
  return { key: publicMembers(jwk), algorithm, claims };
};

const unverified = (proof: string): UnverifiedToken => {
  try {
    return readUnverifiedToken(proof, ['jwk']);
  } catch (error) {
    throw invalidProof(error);
  }
};

// Only what makes the key: a `key_ops` or `alg` of the sender's must not steer how it is read.
const publicMembers = ({ kty, crv, x, y, n, e }: JWK): JWK =>
  JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JWK;
