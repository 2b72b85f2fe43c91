import 'reflect-metadata';
import { HOUR_MS, DAY_MS, type Role } from '#libs/platform/kernel';
import { readEpoch } from '#libs/platform/db';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTokenMaintenance } from './fixtures/token-maintenance.fixture.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { askToken, openTokenCompany, type TokenCompany } from './fixtures/token-company.fixture.js';

let database: TestDatabase;
let api: TestApi;
let company: TokenCompany;
let maintenance: Awaited<ReturnType<typeof openTokenMaintenance>>;
let passedMs = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startTestApi(database.appUrl);
  company = await openTokenCompany(api);
  const clock = { now: () => new Date(Date.now() + passedMs) };
  maintenance = await openTokenMaintenance(database.appUrl, clock);
});

afterAll(async () => {
  await maintenance.close();
  await api.close();
  await company.close();
  await database.drop();
});

const pass = (ms: number): void => {
  passedMs += ms;
  api.pass(ms);
};

const keep = () => maintenance.jobs.maintainKeys();

const published = async (): Promise<string[]> => {
  const response = await fetch(`${api.origin}/oauth/jwks`);
  const { keys } = (await response.json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
};

/** A token of ours, by the API's clock. */
const getToken = async (): Promise<string> => {
  const nowSeconds = Math.floor((Date.now() + passedMs) / 1000);
  const times = { iat: nowSeconds, exp: nowSeconds + 240 };
  const subject_token = await company.idp.accessToken({ sub: 'coder', aud: api.origin, ...times });
  const { body } = await askToken(api.origin, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  });
  if (body.access_token === undefined) throw new Error(JSON.stringify(body));
  return body.access_token;
};

const signer = async () => decodeProtectedHeader(await getToken()).kid;

const exchangeAgain = async (token: string) => {
  const { body } = await askToken(api.origin, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  });
  return body.error;
};

const entriesOf = (type: string) => api.db.ledgerEntry.count({ where: { type } });

describe('signing keys', () => {
  it('begin with one that signs at once, made only by the first process', async () => {
    const tokens = await Promise.all([getToken(), getToken(), getToken()]);
    const kids = new Set(tokens.map((token) => decodeProtectedHeader(token).kid));
    expect([...kids]).toEqual(await published());
    expect(kids.size).toBe(1);
    const entries = await entriesOf('maintain-signing-keys');
    await Promise.all([keep(), keep()]);
    expect(await published()).toHaveLength(1);
    // A round with nothing to do leaves no trace.
    expect(await entriesOf('maintain-signing-keys')).toBe(entries);
  });

  it('are followed by a next one that is published for a day before it signs', async () => {
    const [first] = await published();
    pass(28 * DAY_MS);
    await keep();
    expect(await published()).toEqual([first]);
    pass(DAY_MS + 60_000);
    const epoch = await readEpoch(api.db);
    await Promise.all([keep(), keep()]);
    const [, next, ...others] = await published();
    expect(others).toEqual([]);
    expect(await readEpoch(api.db)).toBe(epoch + 1n);
    expect(await signer()).toBe(first);
    pass(DAY_MS);
    expect(await signer()).toBe(next);
    // The last token of the first one is still good, and then the key goes.
    await keep();
    expect(await published()).toEqual([first, next]);
    pass(20 * 60_000);
    await keep();
    expect(await published()).toEqual([next]);
  });

  it('are there although nobody kept them for months', async () => {
    pass(100 * DAY_MS);
    const kid = await signer();
    expect(await published()).toContain(kid);
    await keep();
    expect(await published()).toEqual([kid]);
  });

  it('are rotated by hand: published first, signing an hour later', async () => {
    const { visitor: it } = await signedInAs(api, 'it');
    const [old] = await published();
    const body = { reason: 'yearly exercise' };
    const answer = await it.write('POST', '/api/v1/signing-keys/rotate', body);
    expect(answer.status).toBe(200);
    const { items } = (await answer.json()) as { items: { id: string; isSigning: boolean }[] };
    expect(items.map(({ isSigning }) => isSigning)).toEqual([true, false]);
    expect(JSON.stringify(items)).not.toMatch(/private|sealed/i);
    const again = await it.write('POST', '/api/v1/signing-keys/rotate', body);
    expect(again.status).toBe(409);
    expect(await signer()).toBe(old);
    pass(HOUR_MS - 60_000);
    expect(await signer()).toBe(old);
    pass(61_000);
    expect(await signer()).toBe(items[1]?.id);
    const last = await getToken();
    expect(await exchangeAgain(last)).toBeUndefined();
  });

  it('that are in other hands are withdrawn at once, with all that they signed', async () => {
    const token = await getToken();
    expect(await exchangeAgain(token)).toBeUndefined();
    const { visitor: security } = await signedInAs(api, 'security');
    const epoch = await readEpoch(api.db);
    const before = await published();
    const answer = await security.write('POST', '/api/v1/signing-keys/rotate', {
      reason: 'the key was seen in a log',
      compromised: true,
    });
    expect(answer.status).toBe(200);
    expect(await readEpoch(api.db)).toBe(epoch + 1n);
    const after = await published();
    expect(after).toHaveLength(1);
    expect(before).not.toContain(after[0]);
    expect(await exchangeAgain(token)).toBe('invalid_client');
    expect(await signer()).toBe(after[0]);
  });

  it('are rotated by nobody without the role, or without a reason', async () => {
    const keys = await published();
    for (const role of ['grc', 'developer', 'office'] as const) {
      const { visitor } = await signedInAs(api, role);
      const answer = await visitor.write('POST', '/api/v1/signing-keys/rotate', {
        reason: 'because',
      });
      expect(answer.status).toBe(403);
    }
    const { visitor: security } = await signedInAs(api, 'security');
    for (const body of [
      {},
      { reason: '' },
      { reason: 'ok then', compromised: 'yes' },
      { reason: 'ok then', key: 'x' },
    ])
      expect((await security.write('POST', '/api/v1/signing-keys/rotate', body)).status).toBe(400);
    expect(await published()).toEqual(keys);
  });

  it('are nothing that another master key opens', async () => {
    const rows = await api.db.signingKey.findMany();
    const { SecretBox } = await import('#libs/platform/secrets');
    const [row] = rows;
    const open = (key: string, context: string) => () =>
      new SecretBox(key).open(row?.sealedPrivateKey ?? '', context);
    expect(open('t'.repeat(32), `signing-key:${row?.id ?? ''}`)).toThrow('does not open');
    expect(open('s'.repeat(32), 'signing-key:another')).toThrow('does not open');
    expect(open('s'.repeat(32), `signing-key:${row?.id ?? ''}`)).not.toThrow();
  });
});

describe('one access token', () => {
  const revoke = async (body: unknown, role: Role = 'security') =>
    (await signedInAs(api, role)).visitor.write('POST', '/api/v1/access-tokens/revoke', body);

  it('is revoked by itself, and is not valid from then on', async () => {
    const token = await getToken();
    const other = await getToken();
    const epoch = await readEpoch(api.db);
    const answer = await revoke({ token, reason: 'it was pasted into a chat' });
    expect(answer.status).toBe(200);
    const { jti, exp = 0 } = decodeJwt(token);
    expect(await answer.json()).toEqual({
      issuer: api.origin,
      tokenId: jti,
      expiresAt: new Date(exp * 1000).toISOString(),
    });
    expect(await readEpoch(api.db)).toBe(epoch + 1n);
    expect(await exchangeAgain(token)).toBe('invalid_request');
    expect(await exchangeAgain(other)).toBeUndefined();
    // Said twice is said once: nothing moves.
    expect((await revoke({ token, reason: 'once more' }, 'it')).status).toBe(200);
    expect(await readEpoch(api.db)).toBe(epoch + 1n);
    const payloads = await api.db.ledgerPayload.findMany();
    expect(JSON.stringify([payloads, api.lines])).not.toContain(token.split('.')[2]);
  });

  it('is revoked by what names it', async () => {
    const expiresAt = new Date(Date.now() + passedMs + HOUR_MS).toISOString();
    const named = { issuer: company.idp.issuer, tokenId: 'some-jti', expiresAt, reason: 'leaked' };
    expect((await revoke(named)).status).toBe(200);
    const where = { issuer: company.idp.issuer, tokenId: 'some-jti' };
    expect(await api.db.revokedToken.count({ where })).toBe(1);
  });

  it('stays revoked as long as it lasts, even if an earlier request said that it ends sooner', async () => {
    const token = await getToken();
    const { jti, exp = 0 } = decodeJwt(token);
    const sooner = new Date(Date.now() + passedMs + 1000).toISOString();
    const named = { issuer: api.origin, tokenId: jti, expiresAt: sooner, reason: 'leaked' };
    expect((await revoke(named)).status).toBe(200);
    const epoch = await readEpoch(api.db);
    expect((await revoke({ token, reason: 'the token itself' })).status).toBe(200);
    expect(await readEpoch(api.db)).toBe(epoch + 1n);
    const kept = await api.db.revokedToken.findFirst({ where: { tokenId: jti ?? '' } });
    expect(kept?.expiresAt).toEqual(new Date(exp * 1000));
    // Never the other way round.
    expect((await revoke(named)).status).toBe(200);
    const still = await api.db.revokedToken.findFirst({ where: { tokenId: jti ?? '' } });
    expect(still?.expiresAt).toEqual(new Date(exp * 1000));
  });

  it('is not revoked when there is nothing to it, or by somebody without the role', async () => {
    const named = {
      issuer: company.idp.issuer,
      tokenId: 'x',
      expiresAt: new Date(Date.now() + passedMs + HOUR_MS).toISOString(),
      reason: 'leaked',
    };
    const past = new Date(Date.now() + passedMs - HOUR_MS).toISOString();
    const cases: [unknown, number][] = [
      [{ ...named, issuer: 'https://unknown.test' }, 400],
      [{ ...named, expiresAt: past }, 412],
      [{ ...named, expiresAt: '9999-01-01T00:00:00.000Z' }, 400],
      [{ ...named, tokenId: 'a\0b' }, 400],
      [{ ...named, token: 'x' }, 400],
      [{ token: 'no token', reason: 'leaked' }, 400],
      [{ token: await company.idp.accessToken({ jti: undefined }), reason: 'leaked' }, 400],
      [{ token: await company.idp.accessToken({ exp: 1 }), reason: 'leaked' }, 412],
      [{ token: await company.idp.accessToken({ exp: 1e300 }), reason: 'leaked' }, 400],
      [{ reason: 'leaked' }, 400],
    ];
    const before = await api.db.revokedToken.count();
    for (const [body, status] of cases)
      expect([body, (await revoke(body)).status]).toEqual([body, status]);
    for (const role of ['grc', 'developer', 'office'] as const)
      expect((await revoke(named, role)).status).toBe(403);
    expect(await api.db.revokedToken.count()).toBe(before);
  });
});

describe('what has expired', () => {
  it('is purged an hour later, and nothing else is', async () => {
    // The database compares with its own clock what must stay.
    const worker = await openTokenMaintenance(database.appUrl, { now: () => new Date() });
    const purge = () => worker.jobs.purgeTokens();
    const used = await api.db.usedTokenId.count();
    const at = Date.now();
    const row = (tokenId: string, ageMs: number) => ({
      purpose: 'dpop',
      issuer: 'x',
      tokenId,
      expiresAt: new Date(at - ageMs),
    });
    await api.db.usedTokenId.createMany({
      data: [row('old', HOUR_MS + 60_000), row('young', HOUR_MS - 60_000), row('new', -60_000)],
    });
    await purge();
    const left = await api.db.usedTokenId.findMany({ where: { issuer: 'x' } });
    expect(left.map(({ tokenId }) => tokenId).toSorted()).toEqual(['new', 'young']);
    expect(await api.db.usedTokenId.count()).toBeLessThanOrEqual(used + 2);
    const entries = await entriesOf('purge-used-tokens');
    await purge();
    expect(await entriesOf('purge-used-tokens')).toBe(entries);
    expect(await api.db.revokedToken.count({ where: { tokenId: 'some-jti' } })).toBe(1);
    for (const table of ['revoked_token', 'used_token_id'])
      await database.asSuperuser(`UPDATE ${table} SET expires_at = now() - interval '3 hours'`);
    await purge();
    expect(await api.db.revokedToken.count()).toBe(0);
    expect(await api.db.usedTokenId.count()).toBe(0);
    await worker.close();
  });
});
