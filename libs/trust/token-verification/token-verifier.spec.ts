import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startIdp, type TestIdp } from '#libs/dev/testing';
import { MINUTE_MS } from '#libs/platform/kernel';
import { IssuerUnavailableError, TokenError } from './errors.js';
import { TokenVerifier } from './token-verifier.js';
import { trustedIssuer, type TrustedIssuers } from './trusted-issuer.js';
import { fetchDocument, trusting } from './test-idp.fixture.js';

const AUDIENCE = 'https://gatehouse.example.test';

let idp: TestIdp;
let now: number;
let verifier: TokenVerifier;

beforeEach(async () => {
  idp = await startIdp();
  now = Date.now();
  verifier = new TokenVerifier(fetchDocument, { now: () => new Date(now) });
});

afterEach(() => idp.stop());

const trusted = (epoch = 1n): TrustedIssuers => ({
  epoch,
  own: null,
  issuers: new Map([[idp.issuer, trusting(idp)]]),
});
const token = (claims: Record<string, unknown> = {}) =>
  idp.accessToken({
    aud: AUDIENCE,
    sub: 'agent-1',
    exp: Math.floor(now / 1000) + 7_200,
    ...claims,
  });
const verify = async (text?: string, epoch?: bigint) =>
  verifier.verify(text ?? (await token()), trusted(epoch));

describe('the issuer’s keys', () => {
  it('are fetched once for many tokens', async () => {
    await Promise.all(Array.from({ length: 20 }, () => verify()));
    expect(idp.fetches).toEqual({ jwks: 1, metadata: 1 });
  });

  it('rotate without a restart', async () => {
    await verify();
    await idp.rotate();
    now += 31_000;
    await expect(verify()).resolves.toMatchObject({ subject: 'agent-1' });
  });

  it('are fetched at most once per 30 s under a flood of unknown key ids', async () => {
    await verify();
    const flood = async () => {
      const texts = await Promise.all(
        Array.from({ length: 40 }, async (_, i) => {
          idp.kid = `flood-${i}`;
          return token();
        }),
      );
      return Promise.allSettled(texts.map((text) => verify(text)));
    };
    for (const answer of await flood())
      expect(answer).toMatchObject({ reason: { reason: 'unknown_key' } });
    expect(idp.fetches.jwks).toBe(1);
    now += 31_000;
    await flood();
    await flood();
    expect(idp.fetches.jwks).toBe(2);
  });

  it('are fetched at most once per 30 s while the issuer is down, and nothing is accepted', async () => {
    idp.answer = 'error';
    for (let i = 0; i < 10; i += 1)
      await expect(verify()).rejects.toBeInstanceOf(IssuerUnavailableError);
    // One attempt asks for both forms of metadata.
    expect(idp.fetches.metadata).toBe(2);
    idp.answer = 'well';
    now += 31_000;
    await expect(verify()).resolves.toMatchObject({ subject: 'agent-1' });
  });

  it('serve for at most an hour while the issuer is down', async () => {
    const before = await token();
    await verify(before);
    idp.answer = 'error';
    now += 59 * MINUTE_MS;
    await expect(verify(undefined, 2n)).resolves.toMatchObject({ subject: 'agent-1' });
    now += 2 * MINUTE_MS;
    await expect(verify(undefined, 3n)).rejects.toBeInstanceOf(IssuerUnavailableError);
    await expect(verify(before, 4n)).rejects.toBeInstanceOf(IssuerUnavailableError);
  });

  it.each([
    ['a token that was seen', (before: string) => before],
    ['a token that was not', () => undefined],
  ])('that were withdrawn stop counting within 10 minutes: %s', async (_name, pick) => {
    const [before, unseen] = [await token(), await token()];
    await verify(before);
    await idp.rotate();
    // Verified with the old key once more, so that only the look can end it.
    now += 4 * MINUTE_MS;
    await expect(verify(before)).resolves.toBeDefined();
    now += 6 * MINUTE_MS + 1;
    await expect(verify(pick(before) ?? unseen)).rejects.toMatchObject({ reason: 'unknown_key' });
  });

  it('that were withdrawn stop counting at the next look, also for a token that was seen', async () => {
    const before = await token();
    await verify(before);
    await idp.rotate();
    now += 31_000;
    // A token under the new key is what makes us look.
    await verify();
    await expect(verify(before)).rejects.toMatchObject({ reason: 'unknown_key' });
  });

  it('are looked at again in the background, so that nobody waits, while tokens come', async () => {
    const before = await token();
    await verify(before);
    now += 5 * MINUTE_MS + 1;
    await expect(verify(before)).resolves.toBeDefined();
    await expect.poll(() => idp.fetches.jwks, { timeout: 10_000 }).toBe(2);
    // The same keys: what was verified is known still, and nothing is fetched for it.
    now += 4 * MINUTE_MS;
    await expect(verify(before)).resolves.toBeDefined();
    expect(idp.fetches.jwks).toBe(2);
  });

  it.each(['other-issuer', 'no-keys'] as const)(
    'are not taken from an IdP that answers: %s',
    async (answer) => {
      idp.answer = answer;
      await expect(verify()).rejects.toBeInstanceOf(IssuerUnavailableError);
    },
  );

  it('are never looked for at an issuer that is not trusted', async () => {
    const elsewhere = await startIdp();
    const text = await elsewhere.accessToken({ aud: AUDIENCE, sub: 'agent-1' });
    await expect(verify(text)).rejects.toMatchObject({ reason: 'unknown_issuer' });
    expect(elsewhere.fetches).toEqual({ jwks: 0, metadata: 0 });
    await elsewhere.stop();
  });
});

describe('an issuer without discovery', () => {
  it('is asked for its keys where it is registered to have them', async () => {
    const issuer = { ...trusting(idp), keysUrl: `${idp.issuer}/jwks` };
    const issuers = new Map([[idp.issuer, issuer]]);
    await expect(
      verifier.verify(await token(), { epoch: 1n, own: null, issuers }),
    ).resolves.toMatchObject({ subject: 'agent-1' });
    expect(idp.fetches).toEqual({ jwks: 1, metadata: 0 });
  });
});

describe('a verified token', () => {
  it('is remembered only until it expires', async () => {
    const text = await token({ exp: Math.floor(now / 1000) + 60 });
    await verify(text);
    now += 66_000;
    await expect(verify(text)).rejects.toMatchObject({ reason: 'expired' });
  });

  it('is forgotten when the epoch moves and its issuer is no longer trusted', async () => {
    const text = await token();
    await verify(text);
    await expect(
      verifier.verify(text, { epoch: 2n, own: null, issuers: new Map() }),
    ).rejects.toMatchObject({
      reason: 'unknown_issuer',
    });
  });

  it('is not remembered as good when only its first two parts are the same', async () => {
    const text = await token();
    await verify(text);
    const forged = `${text.slice(0, text.lastIndexOf('.'))}.${'A'.repeat(342)}`;
    await expect(verify(forged)).rejects.toMatchObject({ reason: 'invalid_signature' });
  });
});

describe('a trusted issuer', () => {
  const row = {
    id: 'i',
    url: 'https://idp.example.test',
    audiences: [AUDIENCE],
    algorithms: ['RS256'],
    profile: 'rfc9068',
    clockToleranceSeconds: 5,
    maxTokenAgeSeconds: 86_400,
    keysUrl: null,
    requiredClaims: {},
  };

  it.each([
    ['no audience', { audiences: [''] }],
    ['no address', { url: '' }],
    ['an address that is no URL', { url: 'idp' }],
    ['no algorithm', { algorithms: [] }],
    ['a symmetric algorithm', { algorithms: ['RS256', 'HS256'] }],
    ['the algorithm none', { algorithms: ['none'] }],
    ['an unknown profile', { profile: 'any' }],
    ['a tolerance of an hour', { clockToleranceSeconds: 3_600 }],
    ['no maximum age', { maxTokenAgeSeconds: 0 }],
    ['an endless maximum age', { maxTokenAgeSeconds: Number.POSITIVE_INFINITY }],
    ['a maximum age of a year', { maxTokenAgeSeconds: 365 * 86_400 }],
    ['keys that come in the clear', { keysUrl: 'http://idp.example.test/keys' }],
    ['an address of its keys that is none', { keysUrl: 'keys' }],
    ['a required claim that is no text', { requiredClaims: { tid: 1 } }],
    ['a required claim that is empty', { requiredClaims: { tid: '' }, profile: 'entra' }],
    ['required claims that are a list', { requiredClaims: ['tid'] }],
    ['Entra’s profile and no pinned tenant', { profile: 'entra' }],
  ])('is rejected with %s', (_name, change) => {
    expect(() => trustedIssuer({ ...row, ...change })).toThrow(/trusted issuer/);
  });
});

describe('the challenge', () => {
  it('has the form of RFC 6750 with the pointer of RFC 9728', () => {
    const metadata = 'https://gatehouse.example.test/.well-known/oauth-protected-resource';
    expect(new TokenError('expired').challenge(metadata)).toBe(
      `Bearer error="invalid_token", error_description="The token has expired. Get a new one from its issuer.", resource_metadata="${metadata}"`,
    );
    expect(new TokenError('missing').challenge(metadata)).toBe(
      `Bearer resource_metadata="${metadata}"`,
    );
  });
});
