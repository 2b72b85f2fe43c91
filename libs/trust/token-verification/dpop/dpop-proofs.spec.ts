import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TokenError } from '../errors.js';
import { DpopProofs, type DpopRequest } from './dpop-proofs.js';

const ACCESS_TOKEN = 'the.access.token';
const URL_ASKED = 'https://gatehouse.example.test/v1/tool-calls';
const ath = createHash('sha256').update(ACCESS_TOKEN).digest('base64url');
const NOW_SECONDS = 1_795_000_000;

interface Holder {
  key: CryptoKey;
  jwk: JWK;
  thumbprint: string;
}

const holder = async (alg: string): Promise<Holder> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { key: privateKey, jwk, thumbprint: await calculateJwkThumbprint(jwk) };
};

let mine: Holder;
let theirs: Holder;
let nowMs: number;
let proofs: DpopProofs;

beforeAll(async () => {
  mine = await holder('ES256');
  theirs = await holder('ES256');
});
beforeEach(() => {
  nowMs = NOW_SECONDS * 1000;
  proofs = new DpopProofs({ now: () => new Date(nowMs) });
});

interface Changes {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  by?: Holder;
}

const prove = ({ header = {}, claims = {}, by = mine }: Changes = {}): Promise<string> =>
  new SignJWT({
    htm: 'POST',
    htu: URL_ASKED,
    iat: NOW_SECONDS,
    jti: randomUUID(),
    ath,
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: by.jwk, ...header })
    .sign(by.key);

const verify = async (proof: string, more: Partial<DpopRequest> = {}) =>
  proofs.verify({
    proof,
    method: 'POST',
    url: URL_ASKED,
    accessToken: ACCESS_TOKEN,
    thumbprint: mine.thumbprint,
    ...more,
  });

describe('a proof of possession', () => {
  it.each<readonly [string, Changes, Partial<DpopRequest>]>([
    ['for this request', {}, {}],
    [
      'whose address is written otherwise',
      { claims: { htu: 'HTTPS://Gatehouse.example.test:443/v1/./tool-calls' } },
      {},
    ],
    ['of a request with a query', {}, { url: `${URL_ASKED}?a=b` }],
    ['at the edge of its time', { claims: { iat: NOW_SECONDS - 60 } }, {}],
    ['a little ahead of us', { claims: { iat: NOW_SECONDS + 5 } }, {}],
  ])('counts %s', async (_name, changes, request) => {
    await expect(verify(await prove(changes), request)).resolves.toMatchObject({
      thumbprint: mine.thumbprint,
    });
  });

  it('is valid at the token endpoint without a token, and says whose key it is', async () => {
    const proof = await prove({ claims: { ath: undefined }, by: theirs });
    await expect(verify(proof, { accessToken: null, thumbprint: null })).resolves.toMatchObject({
      thumbprint: theirs.thumbprint,
    });
  });

  it.each(['ES384', 'Ed25519', 'PS256', 'RS256'])('counts when signed with %s', async (alg) => {
    const by = await holder(alg);
    const proof = await prove({ by, header: { alg } });
    await expect(verify(proof, { thumbprint: by.thumbprint })).resolves.toBeDefined();
  });

  it.each<readonly [string, () => Promise<string>]>([
    ['with another typ', () => prove({ header: { typ: 'JWT' } })],
    ['without a typ', () => prove({ header: { typ: undefined } })],
    ['without a key', () => prove({ header: { jwk: undefined } })],
    ['with a key that is text', () => prove({ header: { jwk: 'x' } })],
    [
      'that gives its private key away',
      async () => prove({ header: { jwk: await exportJWK(mine.key) } }),
    ],
    ['with somebody else’s key in it', () => prove({ header: { jwk: theirs.jwk } })],
    ['with a shared secret', () => prove({ header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } })],
    ['with jku', () => prove({ header: { jku: 'https://evil.example' } })],
    [
      'with crit',
      async () =>
        (await prove()).replace(
          /^[^.]+/,
          Buffer.from(
            JSON.stringify({ alg: 'ES256', typ: 'dpop+jwt', jwk: mine.jwk, crit: ['x'], x: 1 }),
          ).toString('base64url'),
        ),
    ],
    ['of another method', () => prove({ claims: { htm: 'GET' } })],
    ['of the method in lower case', () => prove({ claims: { htm: 'post' } })],
    ['of no method', () => prove({ claims: { htm: undefined } })],
    ['of another path', () => prove({ claims: { htu: `${URL_ASKED}/x` } })],
    ['of the path with a slash', () => prove({ claims: { htu: `${URL_ASKED}/` } })],
    ['of another host', () => prove({ claims: { htu: 'https://evil.example/v1/tool-calls' } })],
    ['of another scheme', () => prove({ claims: { htu: URL_ASKED.replace('https', 'http') } })],
    [
      'of an address with a user',
      () => prove({ claims: { htu: URL_ASKED.replace('//', '//a@') } }),
    ],
    ['of no address', () => prove({ claims: { htu: undefined } })],
    ['of an address that is none', () => prove({ claims: { htu: '/v1/tool-calls' } })],
    ['that is too old', () => prove({ claims: { iat: NOW_SECONDS - 61 } })],
    ['of the future', () => prove({ claims: { iat: NOW_SECONDS + 6 } })],
    ['without a time', () => prove({ claims: { iat: undefined } })],
    ['without an id', () => prove({ claims: { jti: undefined } })],
    ['with an empty id', () => prove({ claims: { jti: '' } })],
    ['with an endless id', () => prove({ claims: { jti: 'a'.repeat(257) } })],
    ['of another token', () => prove({ claims: { ath: 'x' } })],
    ['of no token', () => prove({ claims: { ath: undefined } })],
    ['with a cut signature', async () => (await prove()).slice(0, -8)],
    ['that is none', async () => 'x'],
    ['that is two', async () => `${await prove()}, ${await prove()}`],
  ])('does not count %s', async (_name, make) => {
    const answer = await verify(await make()).catch((error: unknown) => error);
    expect(answer).toBeInstanceOf(TokenError);
    expect((answer as TokenError).reason).toBe('dpop_invalid');
  });

  it.each(['none', 'HS256', 'RS512'])('does not count with the algorithm %s', async (alg) => {
    const head = Buffer.from(JSON.stringify({ alg, typ: 'dpop+jwt', jwk: mine.jwk }));
    const proof = (await prove()).replace(/^[^.]+/, head.toString('base64url'));
    await expect(verify(proof)).rejects.toMatchObject({ reason: 'dpop_invalid' });
  });

  it('does not count with another key than the token’s', async () => {
    await expect(verify(await prove({ by: theirs }))).rejects.toMatchObject({
      reason: 'dpop_wrong_key',
    });
  });

  it('is valid once, as long as it would be valid at all', async () => {
    const proof = await prove({ claims: { iat: NOW_SECONDS + 5 } });
    await verify(proof);
    await expect(verify(proof)).rejects.toMatchObject({ reason: 'dpop_replayed' });
    nowMs += 65_000;
    await expect(verify(proof)).rejects.toMatchObject({ reason: 'dpop_replayed' });
    nowMs += 1_000;
    await expect(verify(proof)).rejects.toMatchObject({ reason: 'dpop_invalid' });
  });

  it('uses no id up that its key’s holder did not send', async () => {
    const jti = randomUUID();
    await expect(verify(await prove({ by: theirs, claims: { jti } }))).rejects.toBeDefined();
    await expect(verify((await prove({ claims: { jti } })).slice(0, -8))).rejects.toBeDefined();
    await expect(verify(await prove({ claims: { jti } }))).resolves.toBeDefined();
  });

  it('is rejected rather than forgotten when more come than can be remembered', async () => {
    proofs = new DpopProofs({ now: () => new Date(nowMs) }, 3);
    const first = await prove();
    for (const proof of [first, await prove(), await prove()]) await verify(proof);
    await expect(verify(await prove())).rejects.toMatchObject({ reason: 'dpop_exhausted' });
    await expect(verify(first)).rejects.toMatchObject({ reason: 'dpop_replayed' });
    nowMs += 66_000;
    const later = await prove({ claims: { iat: NOW_SECONDS + 66 } });
    await expect(verify(later)).resolves.toBeDefined();
  });

  it('is remembered only when it is used up, and then it is a replay', async () => {
    proofs = new DpopProofs({ now: () => new Date(nowMs) }, 1);
    const request = async () => ({
      proof: await prove(),
      method: 'POST',
      url: URL_ASKED,
      accessToken: ACCESS_TOKEN,
      thumbprint: mine.thumbprint,
    });
    for (const _again of [1, 2, 3]) await proofs.check(await request());
    const checked = await proofs.check(await request());
    proofs.useUp(checked);
    expect(() => proofs.useUp(checked)).toThrow(TokenError);
    await expect(proofs.verify(await request())).rejects.toMatchObject({
      reason: 'dpop_exhausted',
    });
  });

  it('is asked for by a challenge of RFC 9449', async () => {
    expect(new TokenError('dpop_invalid').challenge('https://a.test/m')).toMatch(
      /^DPoP error="invalid_dpop_proof", .*algs="ES256 .*", resource_metadata="https:\/\/a\.test\/m"$/,
    );
  });
});
