import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { DpopProofs } from '../dpop/dpop-proofs.js';
import { TokenError } from '../errors.js';
import { TokenVerifier, type ExpectedJwt } from '../token-verifier.js';
import { forgerOf, issuerOf, nowSeconds, type Forger } from './forger.fixture.js';
import { AUDIENCE, EVERY_PROFILE } from './good-tokens.fixture.js';

// Every claim that is read here, with every JSON type that it must not have. Issue 9: `jti: {}` passed.
const OTHERS = {
  text: [null, true, 7, {}, [], ['x'], { x: 'x' }],
  time: [null, true, '7', {}, [], [7], -1, 1e300],
  object: [null, true, 7, 'x', [], [{}]],
  texts: [null, true, 7, {}, [7], [['x']], [{}]],
} as const;

const CLAIMS: Readonly<Record<string, keyof typeof OTHERS>> = {
  ...Object.fromEntries(
    `iss sub jti client_id azp cid uid oid tid idtyp scope sid nonce at_hash c_hash ath htm htu txn
     email name binding_id delegation_id`
      .split(/\s+/)
      .map((name) => [name, 'text' as const]),
  ),
  exp: 'time',
  nbf: 'time',
  iat: 'time',
  auth_time: 'time',
  toe: 'time',
  cnf: 'object',
  act: 'object',
  may_act: 'object',
  events: 'object',
  sub_id: 'object',
  aud: 'texts',
  scp: 'texts',
  derived_from: 'texts',
};

const CASES = Object.entries(CLAIMS).flatMap(([claim, form]) =>
  OTHERS[form].map((value) => [claim, value] as const),
);

const rejectionOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof TokenError ? 'rejected' : error),
  );

describe.each(EVERY_PROFILE)('an access token of the profile %s', (profile) => {
  let forger: Forger;
  beforeAll(async () => {
    forger = await forgerOf(profile);
  });

  it.each(CASES)('is rejected when %s is %j', async (claim, value) => {
    const token = await forger.sign({}, { [claim]: value });
    expect(await rejectionOf(forger.verify(token))).toBe('rejected');
  });
});

const KINDS: readonly [string, ExpectedJwt][] = [
  ['oauth-id-jag+jwt', ['sub', 'client_id', 'jti', 'exp', 'iat']],
  ['logout+jwt', ['iat', 'exp', 'jti', 'events']],
  ['secevent+jwt', ['iat', 'jti', 'events', 'sub_id']],
].map(([typ, requiredClaims]) => [
  typ as string,
  { typ: [typ as string], audiences: [AUDIENCE], requiredClaims: requiredClaims as string[] },
]);

describe.each(KINDS)('a token of the kind %s', (typ, expected) => {
  const issuer = { ...issuerOf('rfc9068'), algorithms: ['ES256'] };
  let verify: (claims: object) => Promise<unknown>;
  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k' };
    const verifier = new TokenVerifier(async () => ({ keys: [jwk] }));
    verify = async (claims) => {
      const whole = {
        iss: issuer.url,
        aud: AUDIENCE,
        sub: 's',
        client_id: 'c',
        jti: randomUUID(),
        iat: nowSeconds(),
        exp: nowSeconds() + 60,
        events: {},
        sub_id: { format: 'opaque', id: 'x' },
        ...claims,
      };
      const header = { alg: 'ES256', kid: 'k', typ };
      const token = await new SignJWT(whole).setProtectedHeader(header).sign(privateKey);
      return verifier.verifyJwt(token, issuer, expected);
    };
  });

  it('is taken as it should be', async () => {
    expect(await rejectionOf(verify({}))).toBe('accepted');
  });

  it.each(CASES.filter(([claim]) => claim !== 'cnf'))(
    'is rejected when %s is %j',
    async (claim, value) => {
      expect(await rejectionOf(verify({ [claim]: value }))).toBe('rejected');
    },
  );
});

describe('a DPoP proof', () => {
  const request = { method: 'POST', url: 'https://gatehouse.example.test/mcp' };
  const accessToken = 'an access token';
  const ath = createHash('sha256').update(accessToken).digest('base64url');
  const check = async (claims: object) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    const whole = {
      htm: request.method,
      htu: request.url,
      ath,
      jti: randomUUID(),
      iat: nowSeconds(),
      ...claims,
    };
    const header = { alg: 'ES256', typ: 'dpop+jwt', jwk };
    const proof = await new SignJWT(whole).setProtectedHeader(header).sign(privateKey);
    return new DpopProofs().check({ ...request, proof, accessToken, thumbprint: null });
  };

  it('is taken as it should be', async () => {
    expect(await rejectionOf(check({}))).toBe('accepted');
  });

  it.each(CASES.filter(([claim]) => claim !== 'cnf'))(
    'is rejected when %s is %j',
    async (claim, value) => {
      expect(await rejectionOf(check({ [claim]: value }))).toBe('rejected');
    },
  );
});
