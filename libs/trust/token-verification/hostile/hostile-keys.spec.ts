import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { TokenVerifier } from '../token-verifier.js';
import { base64url, issuerOf, KID, nowSeconds, trustOnly } from './forger.fixture.js';
import { AUDIENCE, goodToken } from './good-tokens.fixture.js';

const issuer = issuerOf('rfc9068');
const publicJwk = (key: KeyObject): JWK => key.export({ format: 'jwk' });

const input = (alg: string, iss = issuer.url): string => {
  const header = { alg, kid: KID, typ: 'at+jwt' };
  const times = { iat: nowSeconds(), exp: nowSeconds() + 300 };
  const claims = { iss, aud: AUDIENCE, ...times, ...goodToken('rfc9068').claims };
  return `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
};

const rsa = (modulusLength: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent });
const ec = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve });

const signed = (alg: string, key: KeyObject, dsaEncoding?: 'der' | 'ieee-p1363') => {
  const text = input(alg);
  const digest = alg === 'Ed25519' ? null : `sha${alg.slice(2)}`;
  const bytes = sign(digest, Buffer.from(text), { key, dsaEncoding: dsaEncoding ?? 'ieee-p1363' });
  return { text, bytes };
};
const tokenOf = ({ text, bytes }: { text: string; bytes: Uint8Array }): string =>
  `${text}.${Buffer.from(bytes).toString('base64url')}`;

const verify = (token: string, keys: readonly JWK[]) => {
  const { verifier, trusted } = trustOnly(issuer, keys);
  return verifier.verify(token, trusted);
};
const named = (jwk: JWK, more: Partial<JWK> = {}): JWK => ({ ...jwk, kid: KID, ...more });

describe('a published key', () => {
  const strong = rsa(2_048);

  it.each([
    ['of 2048 bits', rsa(2_048), {}],
    ['with the exponent 3', rsa(2_048, 3), {}],
    ['of a SPIFFE trust bundle', strong, { use: 'jwt-svid' }],
  ])('is used: RSA %s', async (_name, pair, more) => {
    const keys = [named(publicJwk(pair.publicKey), more)];
    await expect(verify(tokenOf(signed('RS256', pair.privateKey)), keys)).resolves.toBeDefined();
  });

  it.each([
    ['of 1024 bits', rsa(1_024), {}],
    ['of 2040 bits', rsa(2_040), {}],
    ['with the private part', strong, { d: 'AQAB' }],
    ['for encryption', strong, { use: 'enc' }],
    ['of a SPIFFE bundle’s other half', strong, { use: 'x509-svid' }],
    ['for another algorithm', strong, { alg: 'RS512' }],
    ['with another operation', strong, { key_ops: ['encrypt'] }],
    ['with a kid that is a number', strong, { kid: 1 as unknown as string }],
  ])('is not used: RSA %s', async (_name, pair, more) => {
    const token = tokenOf(signed('RS256', pair.privateKey));
    const keys = [named(publicJwk(pair.publicKey), more)];
    await expect(verify(token, keys)).rejects.toMatchObject({ reason: 'unknown_key' });
  });

  it('is not used when its exponent is 1, under which every padded hash is its own signature', async () => {
    const { n } = publicJwk(strong.publicKey);
    const text = input('RS256');
    const digestInfo = '3031300d060960864801650304020105000420';
    const hash = await crypto.subtle.digest('SHA-256', Buffer.from(text));
    const tail = Buffer.concat([Buffer.from(digestInfo, 'hex'), Buffer.from(hash)]);
    const filling = Buffer.alloc(256 - 3 - tail.length, 0xff);
    const bytes = Buffer.concat([Buffer.from([0, 1]), filling, Buffer.from([0]), tail]);
    const keys = [{ kty: 'RSA', n: n ?? '', e: 'AQ', kid: KID } as JWK];
    await expect(verify(tokenOf({ text, bytes }), keys)).rejects.toMatchObject({
      reason: 'unknown_key',
    });
  });

  it.each([
    ['a shared secret', { kty: 'oct', k: 'c2VjcmV0' }],
    ['of a curve for key agreement', publicJwk(generateKeyPairSync('x25519').publicKey)],
    ['Ed448', publicJwk(generateKeyPairSync('ed448').publicKey)],
    ['of an unknown kind', { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA' }],
    ['nothing', null as unknown as JWK],
    ['a list', [] as unknown as JWK],
  ])('is not used: %s', async (_name, jwk) => {
    const text = input('Ed25519');
    const token = tokenOf({ text, bytes: Buffer.alloc(64, 1) });
    const keys = [jwk === null || Array.isArray(jwk) ? jwk : named(jwk)];
    await expect(verify(token, keys)).rejects.toMatchObject({ reason: 'unknown_key' });
  });

  it('is another issuer’s under the same kid: it signs nothing here', async () => {
    const ours = rsa(2_048);
    const theirs = rsa(2_048);
    const other = issuerOf('jwt');
    const documents = new Map([
      [issuer.keysUrl, { keys: [named(publicJwk(ours.publicKey))] }],
      [other.keysUrl, { keys: [named(publicJwk(theirs.publicKey))] }],
    ]);
    const verifier = new TokenVerifier(async (url) => documents.get(url));
    const issuers = new Map([issuer, other].map((one) => [one.url, one]));
    const trusted = { epoch: 1n, own: null, issuers };
    const token = tokenOf(signed('RS256', theirs.privateKey));
    await expect(verifier.verify(token, trusted)).rejects.toMatchObject({
      reason: 'invalid_signature',
    });
    await expect(
      verifier.verify(tokenOf(signed('RS256', ours.privateKey)), trusted),
    ).resolves.toBeDefined();
  });
});

describe('a signature on a curve', () => {
  const { privateKey, publicKey } = ec();
  const keys = [named(publicJwk(publicKey))];
  const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
  const half = (hex: string): Uint8Array => Buffer.from(hex.padStart(64, '0'), 'hex');
  const good = signed('ES256', privateKey);
  const [r, s] = [good.bytes.subarray(0, 32), good.bytes.subarray(32)];

  it('holds as RFC 7518 writes it', async () => {
    await expect(verify(tokenOf(good), keys)).resolves.toBeDefined();
  });

  it.each([
    ['in DER', signed('ES256', privateKey, 'der').bytes],
    ['with r = 0', Buffer.concat([half('0'), s])],
    ['with s = 0', Buffer.concat([r, half('0')])],
    ['with both 0 (CVE-2022-21449)', Buffer.alloc(64)],
    ['with r = s = 1', Buffer.concat([half('1'), half('1')])],
    ['with s = n', Buffer.concat([r, half(ORDER)])],
    ['with r = s = n', Buffer.concat([half(ORDER), half(ORDER)])],
    ['with all bits', Buffer.alloc(64, 0xff)],
    ['with r and s swapped', Buffer.concat([s, r])],
    [
      'with a leading zero in each half',
      Buffer.concat([half('0').subarray(0, 1), r, half('0').subarray(0, 1), s]),
    ],
    ['cut by a byte', good.bytes.subarray(0, 63)],
    ['with a byte more', Buffer.concat([good.bytes, Buffer.alloc(1)])],
    ['of one half', r],
    ['twice', Buffer.concat([good.bytes, good.bytes])],
  ])('is rejected %s', async (_name, bytes) => {
    // DER differs from signature to signature, and none of its lengths is 64 bytes.
    const text = good.text;
    await expect(verify(tokenOf({ text, bytes }), keys)).rejects.toMatchObject({
      reason: 'invalid_signature',
    });
  });

  it('is rejected in DER over its own text', async () => {
    await expect(verify(tokenOf(signed('ES256', privateKey, 'der')), keys)).rejects.toMatchObject({
      reason: 'invalid_signature',
    });
  });

  it.each(['P-384', 'P-521', 'secp256k1'])('is rejected on the wrong curve %s', async (curve) => {
    const pair = ec(curve);
    const token = tokenOf(signed('ES256', pair.privateKey));
    await expect(verify(token, [named(publicJwk(pair.publicKey))])).rejects.toMatchObject({
      reason: 'unknown_key',
    });
  });

  it('is rejected under a key whose point is not on the curve', async () => {
    const off = named({ ...publicJwk(publicKey), y: Buffer.alloc(32, 7).toString('base64url') });
    await expect(verify(tokenOf(good), [off])).rejects.toMatchObject({ reason: 'unknown_key' });
  });
});

describe('an Ed25519 key', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  // The identity and the point of order 2, and both once more in their second spellings.
  const SMALL = [
    `01${'00'.repeat(31)}`,
    `01${'00'.repeat(30)}80`,
    `ec${'ff'.repeat(30)}7f`,
    `ec${'ff'.repeat(31)}`,
    '00'.repeat(32),
    `${'00'.repeat(31)}80`,
    `ed${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  ];

  it('of full order is used', async () => {
    const keys = [named(publicJwk(publicKey))];
    await expect(verify(tokenOf(signed('Ed25519', privateKey)), keys)).resolves.toBeDefined();
  });

  it.each(SMALL)('of small order signs nothing: %s', async (hex) => {
    const x = Buffer.from(hex, 'hex').toString('base64url');
    const keys = [named({ kty: 'OKP', crv: 'Ed25519', x })];
    // R is the same point and s is 0: where it is believed, it is one signature for many messages.
    for (let time = 0; time < 8; time += 1) {
      const bytes = Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(32)]);
      await expect(verify(tokenOf({ text: input('Ed25519'), bytes }), keys)).rejects.toMatchObject({
        reason: 'unknown_key',
      });
    }
  });

  it('signs nothing with an s beyond the order', async () => {
    const order = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn;
    const { text, bytes } = signed('Ed25519', privateKey);
    const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
    const beyond = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
    const token = tokenOf({ text, bytes: Buffer.concat([bytes.subarray(0, 32), beyond]) });
    await expect(verify(token, [named(publicJwk(publicKey))])).rejects.toMatchObject({
      reason: 'invalid_signature',
    });
  });
});
