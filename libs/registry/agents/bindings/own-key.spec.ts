import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { readOwnKey } from './own-key.js';
import { publicKeySchema } from './public-key.schema.js';

const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' }) as Record<string, string>;
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const rsa = (modulusLength: number, publicExponent = 0x10001) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent });

const read = (key: object) => readOwnKey(publicKeySchema.parse(key));

const why = async (key: object): Promise<string> => {
  const parsed = publicKeySchema.safeParse(key);
  if (!parsed.success) return parsed.error.issues.map(({ message }) => message).join('; ');
  return readOwnKey(parsed.data).then(
    () => 'taken',
    (error: unknown) => (error as Error).message,
  );
};

describe('a key of an agent’s own', () => {
  it.each([
    ['P-256', () => ec('P-256').publicKey],
    ['P-384', () => ec('P-384').publicKey],
    ['Ed25519', () => generateKeyPairSync('ed25519').publicKey],
    ['RSA of 2048 bits', () => rsa(2048).publicKey],
  ])('may be %s; its name is its RFC 7638 thumbprint', async (_, make) => {
    const jwk = jwkOf(make());
    const { thumbprint, jwk: kept } = await read({ ...jwk, kid: 'mine', use: 'sig', alg: 'any' });
    expect(thumbprint).toBe(await calculateJwkThumbprint(jwk as JWK, 'sha256'));
    expect(kept).toEqual({ ...jwk, kid: 'mine' });
  });

  it('has one thumbprint however it was written', async () => {
    const jwk = jwkOf(rsa(2048).publicKey);
    const padded = Buffer.concat([Buffer.from([0]), Buffer.from(jwk['n'] ?? '', 'base64url')]);
    const again = await read({ ...jwk, n: padded.toString('base64url') });
    expect(again).toEqual(await read(jwk));
  });

  it('is rejected loudly when it is the private half, and nothing of it is repeated', async () => {
    for (const pair of [ec('P-256'), generateKeyPairSync('ed25519'), rsa(2048)]) {
      const secret = jwkOf(pair.privateKey);
      const said = await why(secret);
      expect(said).toContain('must never leave the agent');
      expect(said).not.toContain(secret['d']);
    }
    expect(await why({ kty: 'oct', k: 'c2VjcmV0' })).toContain('must never leave the agent');
  });

  it.each([
    ['RSA of 1024 bits', () => jwkOf(rsa(1024).publicKey), 'needs 2048'],
    ['RSA with the exponent 3', () => jwkOf(rsa(2048, 3).publicKey), 'exponent'],
    ['P-521', () => jwkOf(ec('P-521').publicKey), 'Invalid option'],
    ['secp256k1', () => jwkOf(ec('secp256k1').publicKey), 'Invalid option'],
    ['X25519', () => jwkOf(generateKeyPairSync('x25519').publicKey), 'Invalid option'],
    ['Ed448', () => jwkOf(generateKeyPairSync('ed448').publicKey), 'Invalid option'],
    ['a shared secret', () => ({ kty: 'oct' }), 'no public key'],
    ['a member missing', () => ({ kty: 'EC', crv: 'P-256', x: 'AAAA' }), 'not a public key'],
    [
      'a point off its curve',
      () => ({ ...jwkOf(ec('P-256').publicKey), y: jwkOf(ec('P-256').publicKey)['y'] }),
      'not a public key',
    ],
    [
      'another curve’s point',
      () => ({ ...jwkOf(ec('P-384').publicKey), crv: 'P-256' }),
      'not a public key',
    ],
    ['the point at infinity', () => ({ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }), 'not a'],
    ['a key to encrypt with', () => ({ ...jwkOf(rsa(2048).publicKey), use: 'enc' }), 'expected'],
    ['a reference', () => ({ ...jwkOf(rsa(2048).publicKey), x5u: 'https://x.test' }), 'x5u'],
    ['an id with blanks', () => ({ ...jwkOf(ec('P-256').publicKey), kid: 'a b' }), 'ASCII'],
  ])('may not be %s', async (_, make, message) => {
    expect(await why(make())).toContain(message);
  });
});
