import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOutbound, type Outbound } from '#libs/engine/upstream';
import { createTokenVerifier } from '../create-token-verifier.js';
import { validateKeys } from '../keys/validate-keys.js';
import { issuerOf, nowSeconds } from './forger.fixture.js';
import { AUDIENCE, goodToken } from './good-tokens.fixture.js';

const MAX_BYTES = 256 * 1024;
const MAX_KEYS = 100;

let server: Server;
let outbound: Outbound;
let origin: string;
let documents: Map<string, string>;
let published: JWK;
let token: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const text = documents.get(request.url ?? '');
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(text);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  published = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' };
  const times = { iat: nowSeconds(), exp: nowSeconds() + 300 };
  token = await new SignJWT({
    iss: origin,
    aud: AUDIENCE,
    ...goodToken('rfc9068').claims,
    ...times,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'at+jwt' })
    .sign(privateKey);
});
afterAll(async () => {
  await outbound.close();
  await new Promise((resolve) => void server.close(resolve));
});
beforeEach(() => {
  documents = new Map([
    [
      '/.well-known/openid-configuration',
      JSON.stringify({ issuer: origin, jwks_uri: `${origin}/keys` }),
    ],
    ['/keys', JSON.stringify({ keys: [published] })],
  ]);
});

const verify = () => {
  const issuer = { ...issuerOf('rfc9068'), url: origin, keysUrl: null, algorithms: ['ES256'] };
  const trusted = { epoch: 1n, own: null, issuers: new Map([[origin, issuer]]) };
  return createTokenVerifier(outbound).verify(token, trusted);
};
const withMember = (path: string, value: string): void => {
  const text = documents.get(path) ?? '';
  documents.set(path, `${text.slice(0, -1)},"more":${value}}`);
};
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe.each(['/keys', '/.well-known/openid-configuration'])('the document at %s', (path) => {
  it('is read up to its bounds', async () => {
    withMember(path, deep(63));
    const room = MAX_BYTES - Buffer.byteLength(documents.get(path) ?? '');
    documents.set(path, `${documents.get(path)}${' '.repeat(room)}`);
    await expect(verify()).resolves.toMatchObject({ issuer: origin });
  });

  it('is not parsed when it is larger', async () => {
    documents.set(path, `${documents.get(path)}${' '.repeat(MAX_BYTES)}`);
    await expect(verify()).rejects.toMatchObject({ name: 'IssuerUnavailableError' });
  });

  it('is not parsed when it is nested deeper', async () => {
    withMember(path, deep(64));
    await expect(verify()).rejects.toMatchObject({ name: 'IssuerUnavailableError' });
  });
});

describe('a key set within its bounds', () => {
  const filled = (piece: (index: number) => string): string => {
    const pieces: string[] = [];
    for (let size = 0; size < MAX_BYTES - 100; size += (pieces.at(-1) ?? '').length + 1)
      pieces.push(piece(pieces.length));
    return pieces.slice(0, -1).join(',');
  };
  const large = Buffer.alloc(2_047, 0xff).toString('base64url');

  it.each([
    ['of small keys', () => `{"keys":[${filled(() => '{}')}]}`],
    [
      'of large keys',
      () => `{"keys":[${filled((i) => `{"kty":"RSA","e":"AQAB","kid":"${i}","n":"${large}"}`)}]}`,
    ],
    [
      'with endless exponents',
      () =>
        `{"keys":[${filled((i) => `{"kty":"RSA","kid":"${i}","n":"${large}","e":"${large}"}`)}]}`,
    ],
    [
      'of one key with many members',
      () => `{"keys":[{"kty":"EC","crv":"P-256",${filled((i) => `"${i}x":1`)}}]}`,
    ],
    [
      'with one long name',
      () => `{"keys":[{"kty":"EC","crv":"P-256","kid":"${'\\u0041'.repeat(43_000)}"}]}`,
    ],
    ['with many members beside it', () => `{"keys":[],${filled((i) => `"${i}x":1`)}}`],
  ])('costs less than 50 ms: %s', (_name, make) => {
    const text = make();
    expect(text.length).toBeLessThanOrEqual(MAX_BYTES);
    expect(text.length).toBeGreaterThan(MAX_BYTES * 0.9);
    const costs = Array.from({ length: 3 }, () => {
      const start = process.cpuUsage();
      const { keys } = JSON.parse(text) as { keys: unknown[] };
      createLocalJWKSet({ keys: validateKeys(keys) });
      return process.cpuUsage(start).user / 1_000;
    });
    expect(Math.min(...costs)).toBeLessThan(50);
  });

  it('has so many keys looked at and no more', async () => {
    const other = { ...published, kid: 'other' };
    const keys = Array.from({ length: MAX_KEYS }, () => other);
    documents.set('/keys', JSON.stringify({ keys: [...keys.slice(1), published] }));
    await expect(verify()).resolves.toBeDefined();
    documents.set('/keys', JSON.stringify({ keys: [...keys, published] }));
    await expect(verify()).rejects.toMatchObject({ reason: 'unknown_key' });
  });
});
