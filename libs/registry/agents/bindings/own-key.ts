import { createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { DomainError } from '#libs/platform/kernel';
import type { GivenKey } from './public-key.schema.js';

/** A key of an agent's own: its canonical members, and their RFC 7638 thumbprint (SHA-256, base64url). */
export interface OwnKey {
  thumbprint: string;
  jwk: Record<string, string>;
}

const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 4096;
const USUAL_EXPONENT = 65_537n;

/**
 * Reads a public key. What is kept is the key as our own library writes it, so that one key has one
 * thumbprint however it was typed.
 * @throws DomainError `invalid_input`
 */
export const readOwnKey = async ({ kid, kty, crv, x, y, n, e }: GivenKey): Promise<OwnKey> => {
  const key = imported({ kty, crv, x, y, n, e });
  assertStrongEnough(key);
  const canonical = key.export({ format: 'jwk' }) as Record<string, string>;
  const thumbprint = await calculateJwkThumbprint(canonical, 'sha256');
  return { thumbprint, jwk: { ...canonical, ...(kid === undefined ? {} : { kid }) } };
};

const imported = (members: Omit<GivenKey, 'kid'>): KeyObject => {
  try {
    const given = Object.entries(members).filter(([, value]) => value !== undefined);
    return createPublicKey({ key: Object.fromEntries(given), format: 'jwk' });
  } catch {
    // The library's own words could repeat what was typed.
    throw rejected('is not a public key: a member is missing, or the point is not on its curve');
  }
};

const assertStrongEnough = (key: KeyObject): void => {
  if (key.asymmetricKeyType !== 'rsa') return;
  const { modulusLength = 0, publicExponent } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < MIN_RSA_BITS)
    throw rejected(`has ${modulusLength} bits; an RSA key needs ${MIN_RSA_BITS}`);
  if (modulusLength > MAX_RSA_BITS)
    throw rejected(`has ${modulusLength} bits; more than ${MAX_RSA_BITS} only cost time`);
  if (publicExponent !== USUAL_EXPONENT)
    throw rejected('has an unusual public exponent; use 65537 (AQAB)');
};

const rejected = (message: string): DomainError =>
  new DomainError('invalid_input', `The key ${message}.`, {
    problems: [{ path: 'publicKey', message }],
  });
