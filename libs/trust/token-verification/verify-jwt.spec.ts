import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { AUDIENCE, TENANT } from './hostile/good-tokens.fixture.js';
import { issuerOf, nowSeconds } from './hostile/forger.fixture.js';
import { TokenVerifier, type ExpectedJwt } from './token-verifier.js';
import type { OwnIssuer, TrustedIssuer } from './trusted-issuer.js';

type Claims = Record<string, unknown>;

interface Signer {
  published: JWK;
  sign(header: Claims, claims: Claims): Promise<string>;
}

const signer = async (kid: string, alg = 'ES256'): Promise<Signer> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    published: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    sign: (header, claims) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
};

let theirs: Signer;
let ours: Signer;
beforeAll(async () => {
  theirs = await signer('key-1');
  ours = await signer('own-1');
});

const issuer: TrustedIssuer = { ...issuerOf('rfc9068'), requiredClaims: { tenant: 'acme' } };
const times = () => ({ iat: nowSeconds(), exp: nowSeconds() + 60 });
const verifier = () => new TokenVerifier(async () => ({ keys: [theirs.published] }));

describe('a JWT of another kind', () => {
  const logout: ExpectedJwt = {
    typ: ['logout+jwt'],
    audiences: ['client-1'],
    requiredClaims: ['iat', 'jti', 'events'],
    maxAgeSeconds: 120,
  };
  const good = () => ({
    iss: issuer.url,
    aud: 'client-1',
    iat: nowSeconds(),
    jti: 'j',
    events: {},
    tenant: 'acme',
  });
  const verify = async (header: Claims = {}, claims: Claims = {}, expected: ExpectedJwt = logout) =>
    verifier().verifyJwt(
      await theirs.sign({ typ: 'logout+jwt', ...header }, { ...good(), ...claims }),
      issuer,
      expected,
    );

  it.each<readonly [string, Claims, Claims]>([
    ['as it is asked for', {}, {}],
    ['with an exp', {}, { exp: nowSeconds() + 600 }],
    ['with its whole media type', { typ: 'application/logout+jwt' }, {}],
  ])('is taken %s', async (_name, header, claims) => {
    await expect(verify(header, claims)).resolves.toMatchObject({ claims: { jti: 'j' } });
  });

  it('may have no typ when none is asked for too', async () => {
    const expected = { ...logout, typ: ['logout+jwt', null] };
    await expect(verify({ typ: undefined }, {}, expected)).resolves.toBeDefined();
    await expect(verify({ typ: 'JWT' }, {}, expected)).rejects.toMatchObject({
      reason: 'wrong_type',
    });
  });

  it.each<readonly [string, Claims, Claims, string]>([
    ['of a kind that is not asked for', { typ: 'secevent+jwt' }, {}, 'wrong_type'],
    ['that is an access token', { typ: 'at+jwt' }, {}, 'wrong_type'],
    ['without a typ', { typ: undefined }, {}, 'wrong_type'],
    ['of another issuer', {}, { iss: 'https://evil.example' }, 'unknown_issuer'],
    ['for another audience', {}, { aud: 'client-2' }, 'wrong_audience'],
    ['for nobody', {}, { aud: undefined }, 'wrong_audience'],
    ['without a claim that is asked for', {}, { jti: undefined }, 'invalid_claims'],
    ['without a claim that the issuer is pinned to', {}, { tenant: undefined }, 'required_claim'],
    ['of another tenant', {}, { tenant: 'ACME' }, 'required_claim'],
    ['that is too old', {}, { iat: nowSeconds() - 200 }, 'expired'],
    ['that has expired', {}, { exp: nowSeconds() - 20 }, 'expired'],
    ['of the future', {}, { iat: nowSeconds() + 20 }, 'not_yet_valid'],
    ['with an embedded key', { jwk: { kty: 'EC' } }, {}, 'forbidden_header'],
  ])('is rejected %s', async (_name, header, claims, reason) => {
    await expect(verify(header, claims)).rejects.toMatchObject({ reason });
  });

  it('is rejected when somebody else signed it', async () => {
    const token = await ours.sign({ typ: 'logout+jwt', kid: 'key-1' }, good());
    await expect(verifier().verifyJwt(token, issuer, logout)).rejects.toMatchObject({
      reason: 'invalid_signature',
    });
  });

  it('is not an access token for having been taken once', async () => {
    const token = await theirs.sign(
      { typ: 'logout+jwt' },
      { ...good(), aud: [AUDIENCE, 'client-1'] },
    );
    const one = verifier();
    await one.verifyJwt(token, issuer, logout);
    const trusted = { epoch: 1n, own: null, issuers: new Map([[issuer.url, issuer]]) };
    await expect(one.verify(token, trusted)).rejects.toMatchObject({
      reason: 'not_an_access_token',
    });
  });
});

describe('our own token', () => {
  const url = 'https://gatehouse.example.test/oauth';
  const own = (keys: readonly JWK[] = [ours.published]): OwnIssuer => ({
    url,
    audiences: [AUDIENCE],
    keys,
  });
  const claims = () => ({
    iss: url,
    aud: AUDIENCE,
    sub: 'person-1',
    client_id: 'agent-1',
    jti: 'j',
    ...times(),
  });
  const unfetched = () =>
    new TokenVerifier(() => Promise.reject(new Error('nothing may be fetched')));
  const trust = (issuers: readonly TrustedIssuer[] = [], its = own()) => ({
    epoch: 1n,
    own: its,
    issuers: new Map(issuers.map((one) => [one.url, one])),
  });

  it('is verified with the snapshot’s keys, and says who acted for whom', async () => {
    const act = { sub: 'agent-1', act: { sub: 'agent-2', act: { sub: 'agent-3' } } };
    const cnf = { jkt: 'thumbprint' };
    const token = await ours.sign({ typ: 'at+jwt' }, { ...claims(), act, cnf });
    await expect(unfetched().verify(token, trust())).resolves.toMatchObject({
      issuerId: null,
      subject: 'person-1',
      clientId: 'agent-1',
      actors: ['agent-1', 'agent-2', 'agent-3'],
      confirmationThumbprint: 'thumbprint',
    });
  });

  it('is never somebody else’s: an issuer registered under our name signs nothing', async () => {
    const token = await theirs.sign({ typ: 'at+jwt' }, claims());
    const impostor = { ...issuer, url, requiredClaims: {} };
    await expect(verifier().verify(token, trust([impostor]))).rejects.toMatchObject({
      reason: 'unknown_key',
    });
  });

  it('does not count when nobody says that we issue tokens', async () => {
    const token = await ours.sign({ typ: 'at+jwt' }, claims());
    const trusted = { ...trust(), own: null };
    await expect(unfetched().verify(token, trusted)).rejects.toMatchObject({
      reason: 'unknown_issuer',
    });
  });

  it('stops counting with its key, at the next epoch', async () => {
    const one = unfetched();
    const token = await ours.sign({ typ: 'at+jwt' }, claims());
    await one.verify(token, trust());
    const later = { ...trust([], own([])), epoch: 2n };
    await expect(one.verify(token, later)).rejects.toMatchObject({ reason: 'unknown_key' });
  });

  it.each([
    ['text', 'agent-1'],
    ['no sub', { act: { sub: 'agent-2' } }],
    ['an empty sub', { sub: '' }],
    ['a broken link', { sub: 'agent-1', act: null }],
    ['a list', [{ sub: 'agent-1' }]],
    [
      'an endless chain',
      Array.from({ length: 17 }).reduce<object>((act) => ({ sub: 'a', act }), { sub: 'a' }),
    ],
  ])('is rejected when its act is %s', async (_name, act) => {
    const token = await ours.sign({ typ: 'at+jwt' }, { ...claims(), act });
    await expect(unfetched().verify(token, trust())).rejects.toMatchObject({
      reason: 'invalid_claims',
    });
  });

  it('is the only one whose act is believed', async () => {
    const theirClaims = { ...claims(), iss: issuer.url, tenant: 'acme', act: { sub: 'agent-9' } };
    const token = await theirs.sign({ typ: 'at+jwt' }, theirClaims);
    await expect(verifier().verify(token, trust([issuer]))).resolves.toMatchObject({ actors: [] });
  });
});

describe('issuers side by side', () => {
  const strict = {
    ...issuerOf('rfc9068'),
    clockToleranceSeconds: 0,
    audiences: ['https://a.test'],
  };
  const lenient = {
    ...issuerOf('entra'),
    algorithms: ['ES256'],
    clockToleranceSeconds: 300,
    audiences: ['api://b', 'https://b.test'],
  };
  const trusted = {
    epoch: 1n,
    own: null,
    issuers: new Map([strict, lenient].map((one) => [one.url, one])),
  };
  const strictClaims = () => ({
    iss: strict.url,
    aud: 'https://a.test',
    sub: 'a',
    client_id: 'c',
    jti: 'j',
    ...times(),
  });
  const lenientClaims = () => ({
    iss: lenient.url,
    aud: 'api://b',
    sub: 's',
    oid: 'o',
    azp: 'c',
    tid: TENANT,
    ver: '2.0',
    scp: 'x',
    ...times(),
  });
  const verify = async (typ: string, claims: Claims) =>
    verifier().verify(await theirs.sign({ typ }, claims), trusted);

  it('each have their own audience, tolerance and profile', async () => {
    await expect(verify('at+jwt', strictClaims())).resolves.toMatchObject({ subject: 'a' });
    const late = { ...lenientClaims(), exp: nowSeconds() - 250 };
    await expect(verify('JWT', late)).resolves.toMatchObject({ subject: 'o' });
    await expect(verify('JWT', { ...late, aud: 'https://b.test' })).resolves.toBeDefined();
  });

  it.each<readonly [string, string, () => Claims]>([
    ['tolerance', 'at+jwt', () => ({ ...strictClaims(), exp: nowSeconds() - 1 })],
    ['audience', 'at+jwt', () => ({ ...strictClaims(), aud: 'api://b' })],
    ['profile', 'JWT', strictClaims],
    ['profile', 'at+jwt', lenientClaims],
  ])('do not lend each other their %s', async (_name, typ, make) => {
    await expect(verify(typ, make())).rejects.toMatchObject({ name: 'TokenError' });
  });

  it('do not lend each other their algorithms', async () => {
    const rsa = await signer('key-2', 'RS256');
    const both = new TokenVerifier(async () => ({ keys: [theirs.published, rsa.published] }));
    const accepted = await rsa.sign({ typ: 'at+jwt' }, strictClaims());
    await expect(both.verify(accepted, trusted)).resolves.toBeDefined();
    const rejected = await rsa.sign({ typ: 'JWT' }, lenientClaims());
    await expect(both.verify(rejected, trusted)).rejects.toMatchObject({
      reason: 'algorithm_not_allowed',
    });
  });
});
