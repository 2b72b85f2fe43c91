import { createHmac, randomUUID } from 'node:crypto';
import { exportSPKI, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIdp, type TestIdp } from '#libs/testing';
import { TokenVerifier, type TrustedIssuers } from './token-verifier.js';
import { TokenRefusal } from './token-refusal.js';
import { fetchDocument, trusting } from './test-idp.fixture.js';

const AUDIENCE = 'https://gatehouse.example.test';
const nowSeconds = () => Math.floor(Date.now() / 1000);

let idp: TestIdp;
let trusted: TrustedIssuers;
let verifier: TokenVerifier;
let stranger: CryptoKey;
let publicKeyPem: string;

beforeAll(async () => {
  idp = await startIdp();
  trusted = { epoch: 1n, issuers: new Map([[idp.issuer, trusting(idp, { audience: AUDIENCE })]]) };
  verifier = new TokenVerifier(fetchDocument);
  stranger = (await generateKeyPair('RS256')).privateKey;
  publicKeyPem = await exportSPKI(idp.publicKey);
});

afterAll(() => idp.stop());

const goodHeader = () => ({ alg: 'RS256', typ: 'at+jwt', kid: idp.kid });
const goodClaims = (): Record<string, unknown> => ({
  iss: idp.issuer,
  aud: AUDIENCE,
  sub: 'agent-1',
  client_id: 'client-1',
  iat: nowSeconds(),
  exp: nowSeconds() + 300,
  jti: randomUUID(),
});

const base64url = (value: string) => Buffer.from(value).toString('base64url');

/** Signs any bytes as header and payload, which no well-meaning library does. */
const signText = async (header: string, payload: string, key = idp.privateKey): Promise<string> => {
  const input = `${base64url(header)}.${base64url(payload)}`;
  const bytes = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, Buffer.from(input));
  return `${input}.${Buffer.from(bytes).toString('base64url')}`;
};

const sign = (header: object = {}, claims: object = {}, key = idp.privateKey) =>
  signText(
    JSON.stringify({ ...goodHeader(), ...header }),
    JSON.stringify({ ...goodClaims(), ...claims }),
    key,
  );

const without = (...names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));

const hmac = (header: object, secret: string) => {
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(goodClaims()))}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};

type Make = () => Promise<string> | string;

const HOSTILE: readonly [name: string, make: Make, reason: string][] = [
  ['an empty string', () => '', 'malformed'],
  ['one dot', () => '.', 'malformed'],
  ['two dots', () => '..', 'malformed'],
  ['an opaque token', () => 'c2VjcmV0', 'malformed'],
  ['five parts', () => 'a.b.c.d.e', 'malformed'],
  [
    'alg none, no signature',
    async () => `${(await sign({ alg: 'none' })).split('.').slice(0, 2).join('.')}.`,
    'malformed',
  ],
  ['alg none with a signature', () => sign({ alg: 'none' }), 'algorithm_not_allowed'],
  ['alg None', () => sign({ alg: 'None' }), 'algorithm_not_allowed'],
  ['alg in lower case', () => sign({ alg: 'rs256' }), 'algorithm_not_allowed'],
  ['alg that is a list', () => sign({ alg: ['RS256'] }), 'malformed'],
  ['no alg', () => sign(without('alg')), 'malformed'],
  [
    'HS256 keyed with the public key',
    () => hmac({ ...goodHeader(), alg: 'HS256' }, publicKeyPem),
    'algorithm_not_allowed',
  ],
  [
    'HS256 keyed with nothing',
    () => hmac({ ...goodHeader(), alg: 'HS256' }, 'x'),
    'algorithm_not_allowed',
  ],
  [
    'an algorithm that the issuer is not allowed',
    () => sign({ alg: 'PS512' }),
    'algorithm_not_allowed',
  ],
  [
    'an allowed algorithm with another one’s signature',
    () => sign({ alg: 'ES256' }),
    'unknown_key',
  ],
  ['jku', () => sign({ jku: 'https://evil.example/jwks' }, {}, stranger), 'forbidden_header'],
  ['jku to our own IdP', () => sign({ jku: `${idp.issuer}/jwks` }), 'forbidden_header'],
  ['x5u', () => sign({ x5u: 'https://evil.example/cert' }), 'forbidden_header'],
  ['jwk', () => sign({ jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }), 'forbidden_header'],
  ['x5c', () => sign({ x5c: ['MIIB'] }), 'forbidden_header'],
  ['x5t', () => sign({ x5t: 'abc' }), 'forbidden_header'],
  ['crit that names a known parameter', () => sign({ crit: ['exp'], exp: 1 }), 'forbidden_header'],
  ['crit that is empty', () => sign({ crit: [] }), 'forbidden_header'],
  ['b64 false', () => sign({ b64: false, crit: ['b64'] }), 'forbidden_header'],
  ['b64 true', () => sign({ b64: true }), 'forbidden_header'],
  ['cty JWT (nested)', () => sign({ cty: 'JWT' }), 'forbidden_header'],
  ['zip', () => sign({ zip: 'DEF' }), 'forbidden_header'],
  ['an encrypted token’s header', () => sign({ enc: 'A256GCM' }), 'forbidden_header'],
  ['a kid that is a path', () => sign({ kid: '../../../../dev/null' }), 'unknown_key'],
  ['a kid that is SQL', () => sign({ kid: "x' OR '1'='1" }), 'unknown_key'],
  ['a kid that is a number', () => sign({ kid: 1 }), 'malformed'],
  ['a kid in another case', () => sign({ kid: idp.kid.toUpperCase() }), 'unknown_key'],
  ['an unknown kid', () => sign({ kid: 'no-such-key' }, {}, stranger), 'unknown_key'],
  ['a stranger’s key under our kid', () => sign({}, {}, stranger), 'bad_signature'],
  [
    'a changed payload',
    async () => {
      const [header, , signature] = (await sign()).split('.');
      return `${header}.${base64url(JSON.stringify({ ...goodClaims(), sub: 'agent-2' }))}.${signature}`;
    },
    'bad_signature',
  ],
  ['a cut signature', async () => (await sign()).slice(0, -20), 'bad_signature'],
  [
    'a signature of another token',
    async () => {
      const [header, payload] = (await sign()).split('.');
      return `${header}.${payload}.${(await sign()).split('.')[2]}`;
    },
    'bad_signature',
  ],
  ['typ JWT', () => sign({ typ: 'JWT' }), 'not_an_access_token'],
  ['no typ', () => sign(without('typ')), 'not_an_access_token'],
  ['typ of an ID-JAG', () => sign({ typ: 'oauth-id-jag+jwt' }), 'not_an_access_token'],
  ['typ of a logout token', () => sign({ typ: 'logout+jwt' }), 'not_an_access_token'],
  ['typ of a security event', () => sign({ typ: 'secevent+jwt' }), 'not_an_access_token'],
  ['typ of a DPoP proof', () => sign({ typ: 'dpop+jwt' }), 'not_an_access_token'],
  ['typ with a suffix', () => sign({ typ: 'at+jwt2' }), 'not_an_access_token'],
  ['typ that is a list', () => sign({ typ: ['at+jwt'] }), 'malformed'],
  [
    'an ID token',
    () => sign({ typ: 'JWT' }, { aud: 'client-1', nonce: 'n', azp: 'client-1' }),
    'not_an_access_token',
  ],
  ['no client_id', () => sign({}, without('client_id')), 'not_an_access_token'],
  ['no jti', () => sign({}, without('jti')), 'not_an_access_token'],
  ['no iat', () => sign({}, without('iat')), 'not_an_access_token'],
  ['no sub', () => sign({}, without('sub')), 'not_an_access_token'],
  ['no exp', () => sign({}, without('exp')), 'not_an_access_token'],
  ['no aud', () => sign({}, without('aud')), 'not_an_access_token'],
  ['no iss', () => sign({}, without('iss')), 'unknown_issuer'],
  ['null exp', () => sign({}, { exp: null }), 'not_an_access_token'],
  ['exp as a string', () => sign({}, { exp: String(nowSeconds() + 300) }), 'invalid_claims'],
  [
    'exp as 1e400',
    () =>
      signText(
        JSON.stringify(goodHeader()),
        JSON.stringify(goodClaims()).replace(/"exp":\d+/, '"exp":1e400'),
      ),
    'invalid_claims',
  ],
  ['exp in the past', () => sign({}, { exp: nowSeconds() - 60 }), 'expired'],
  ['exp of zero', () => sign({}, { exp: 0 }), 'expired'],
  ['nbf in the future', () => sign({}, { nbf: nowSeconds() + 120 }), 'not_yet_valid'],
  ['nbf as a string', () => sign({}, { nbf: '0' }), 'invalid_claims'],
  ['iat in the future', () => sign({}, { iat: nowSeconds() + 120 }), 'not_yet_valid'],
  ['iat as a string', () => sign({}, { iat: 'now' }), 'invalid_claims'],
  ['an unknown issuer', () => sign({}, { iss: 'https://evil.example' }), 'unknown_issuer'],
  [
    'our issuer with a slash at the end',
    () => sign({}, { iss: `${idp.issuer}/` }),
    'unknown_issuer',
  ],
  [
    'our issuer in another case',
    () => sign({}, { iss: idp.issuer.toUpperCase() }),
    'unknown_issuer',
  ],
  ['our issuer with a query', () => sign({}, { iss: `${idp.issuer}?` }), 'unknown_issuer'],
  ['a list with our issuer', () => sign({}, { iss: [idp.issuer] }), 'unknown_issuer'],
  ['an issuer named __proto__', () => sign({}, { iss: '__proto__' }), 'unknown_issuer'],
  ['another audience', () => sign({}, { aud: 'https://other.example.test' }), 'wrong_audience'],
  [
    'our audience as a prefix',
    () => sign({}, { aud: `${AUDIENCE}.evil.example` }),
    'wrong_audience',
  ],
  ['a path under our audience', () => sign({}, { aud: `${AUDIENCE}/mcp` }), 'wrong_audience'],
  ['a prefix of our audience', () => sign({}, { aud: AUDIENCE.slice(0, -1) }), 'wrong_audience'],
  ['our audience with a slash', () => sign({}, { aud: `${AUDIENCE}/` }), 'wrong_audience'],
  [
    'our audience in another case',
    () => sign({}, { aud: AUDIENCE.toUpperCase() }),
    'wrong_audience',
  ],
  ['an empty list of audiences', () => sign({}, { aud: [] }), 'wrong_audience'],
  ['a list without ours', () => sign({}, { aud: ['a', 'b'] }), 'wrong_audience'],
  ['a nested list with ours', () => sign({}, { aud: [[AUDIENCE]] }), 'wrong_audience'],
  ['an audience object', () => sign({}, { aud: { 0: AUDIENCE } }), 'wrong_audience'],
  ['an empty sub', () => sign({}, { sub: '' }), 'invalid_claims'],
  ['a numeric sub', () => sign({}, { sub: 1 }), 'invalid_claims'],
  ['a very long sub', () => sign({}, { sub: 'a'.repeat(1_001) }), 'invalid_claims'],
  ['an empty client_id', () => sign({}, { client_id: '' }), 'invalid_claims'],
  ['a huge token', () => sign({}, { extra: 'a'.repeat(10_000) }), 'too_large'],
  [
    'a duplicate header key',
    () =>
      signText(
        `{"alg":"none",${JSON.stringify(goodHeader()).slice(1)}`,
        JSON.stringify(goodClaims()),
      ),
    'malformed',
  ],
  [
    'a duplicate claim',
    () =>
      signText(
        JSON.stringify(goodHeader()),
        `{"sub":"agent-2",${JSON.stringify(goodClaims()).slice(1)}`,
      ),
    'malformed',
  ],
  [
    'a duplicate claim spelt with an escape',
    () =>
      signText(
        JSON.stringify(goodHeader()),
        `{"\\u0073ub":"agent-2",${JSON.stringify(goodClaims()).slice(1)}`,
      ),
    'malformed',
  ],
  ['a header that is a list', () => signText('[]', JSON.stringify(goodClaims())), 'malformed'],
  ['a payload that is a string', () => signText(JSON.stringify(goodHeader()), '"x"'), 'malformed'],
  ['a payload that is no JSON', () => signText(JSON.stringify(goodHeader()), 'x'), 'malformed'],
  ['padding', async () => `${await sign()}==`, 'malformed'],
  ['a space', async () => ` ${await sign()}`, 'malformed'],
  ['a line break inside', async () => (await sign()).replace('.', '.\n'), 'malformed'],
  ['base64 instead of base64url', async () => `${await sign()}+/`, 'malformed'],
];

describe('a hostile token', () => {
  it.each(HOSTILE)('is refused: %s', async (_name, make, reason) => {
    const token = await make();
    const answer = await verifier.verify(token, trusted).catch((error: unknown) => error);
    expect(answer).toBeInstanceOf(TokenRefusal);
    expect((answer as TokenRefusal).reason).toBe(reason);
  });

  it('is refused again when it comes a second time', async () => {
    const token = await sign({}, {}, stranger);
    for (let i = 0; i < 2; i += 1)
      await expect(verifier.verify(token, trusted)).rejects.toBeInstanceOf(TokenRefusal);
  });
});

describe('the same table’s good token', () => {
  // Without these the table would also pass against a verifier that refuses everything.
  const GOOD: readonly [name: string, make: Make][] = [
    ['as RFC 9068 says', () => sign()],
    ['with typ application/at+jwt', () => sign({ typ: 'application/at+jwt' })],
    ['with typ AT+JWT', () => sign({ typ: 'AT+JWT' })],
    [
      'with our audience among others',
      () => sign({}, { aud: ['https://other.example.test', AUDIENCE] }),
    ],
    ['that expired within the clock tolerance', () => sign({}, { exp: nowSeconds() - 3 })],
    [
      'that an honest library signed',
      () => new SignJWT(goodClaims()).setProtectedHeader(goodHeader()).sign(idp.privateKey),
    ],
  ];

  it.each(GOOD)('is accepted: %s', async (_name, make) => {
    const token = await make();
    await expect(verifier.verify(token, trusted)).resolves.toMatchObject({
      issuer: idp.issuer,
      subject: 'agent-1',
      clientId: 'client-1',
    });
  });
});

describe('the profile `jwt`', () => {
  const plain = (): TrustedIssuers => ({
    epoch: 1n,
    issuers: new Map([[idp.issuer, trusting(idp, { audience: AUDIENCE, profile: 'jwt' })]]),
  });
  const verify = async (header: object, claims: object) =>
    new TokenVerifier(fetchDocument).verify(await sign({ typ: 'JWT', ...header }, claims), plain());

  it('accepts typ JWT for our API with a client claim', async () => {
    await expect(verify({}, {})).resolves.toMatchObject({ subject: 'agent-1' });
    await expect(verify({}, { client_id: undefined, azp: 'client-2' })).resolves.toMatchObject({
      clientId: 'client-2',
    });
  });

  it.each([
    ['without a client claim', {}, { client_id: undefined }],
    ['whose audience is also its client', {}, { aud: [AUDIENCE, 'client-1'] }],
    ['with a nonce', {}, { nonce: 'n' }],
    ['with at_hash', {}, { at_hash: 'h' }],
    ['with c_hash', {}, { c_hash: 'h' }],
    ['with typ of an ID-JAG', { typ: 'oauth-id-jag+jwt' }, {}],
    ['without typ', { typ: undefined }, {}],
  ])('refuses a token %s', async (_name, header, claims) => {
    await expect(verify(header, claims)).rejects.toMatchObject({ reason: 'not_an_access_token' });
  });
});
