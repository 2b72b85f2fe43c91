import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#libs/platform/kernel';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import {
  askToken,
  assertionOf,
  idJagOf,
  openTokenCompany,
  sign,
  type Forged,
  type TokenCompany,
} from './fixtures/token-company.fixture.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

let database: TestDatabase;
let api: TestApi;
let company: TokenCompany;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startTestApi(database.appUrl);
  company = await openTokenCompany(api);
});

afterAll(async () => {
  await api.close();
  await company.close();
  await database.drop();
});

const byKey = async (forged: Forged = {}) => ({
  client_assertion_type: ASSERTION_TYPE,
  client_assertion: await assertionOf(company.coder, api.origin, forged),
});

const askByKey = async (forged: Forged) =>
  askToken(api.origin, { grant_type: 'client_credentials', ...(await byKey(forged)) });

const exchange = async (claims: Record<string, unknown>, form: Record<string, string> = {}) =>
  askToken(api.origin, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: ACCESS_TOKEN,
    subject_token: await company.idp.accessToken({ aud: api.origin, ...claims }),
    ...form,
  });

describe('an unknown client at the token endpoint', () => {
  it.each(['-'.repeat(36), '0'.repeat(36), 'a-'.repeat(18)])(
    'is told nothing and breaks nothing with the agent id %s',
    async (sub) => {
      const reply = await askByKey({ claims: { iss: sub, sub } });
      expect([reply.status, reply.body.error]).toEqual([401, 'invalid_client']);
    },
  );

  it.each([
    ['subject', { sub: 'cod\0er' }],
    ['subject that is half a character', { sub: 'coder\ud800' }],
    ['client', { sub: 'coder', client_id: 'a\0b' }],
    ['token id', { sub: 'coder', jti: 'a\0b' }],
  ])('breaks nothing with a %s that cannot be looked up', async (_what, claims) => {
    const reply = await exchange(claims);
    expect([reply.status, reply.body.error]).toEqual([401, 'invalid_client']);
  });
});

describe('an agent at the token endpoint', () => {
  it.each([-1e300, -1, 1e300])('breaks nothing with an assertion issued at %s', async (iat) => {
    const reply = await askByKey({ claims: { iat } });
    expect([reply.status, reply.body.error]).toEqual([401, 'invalid_client']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a scope that is a list', { scope: ['tools:helpdesk'] }, 'invalid_client'],
    ['a scope that is no text', { scope: 7 }, 'invalid_client'],
    ['Entra’s scp', { scp: 'openid tools:helpdesk' }, 'tools:helpdesk'],
    ['Okta’s scp', { scp: ['openid', 'tools:helpdesk'] }, 'tools:helpdesk'],
    ['an scp without a word of ours', { scp: ['openid'] }, 'tools'],
    ['an scp of another form', { scp: [7] }, 'invalid_client'],
  ])('gets no more by an exchange than %s reaches', async (_what, claims, expected) => {
    const { body } = await exchange({ sub: 'coder', ...claims });
    expect(body.error ?? body['scope']).toBe(expected);
  });

  it('shows no ID-JAG of an issuer that was registered under our own address', async () => {
    const url = api.origin;
    const row = { id: newId(), url, name: 'Us', audiences: [url], algorithms: ['RS256'] };
    await api.db.issuer.create({
      data: {
        ...row,
        profile: 'rfc9068',
        clockToleranceSeconds: 5,
        keysUrl: `${company.idp.issuer}/jwks`,
        createdAt: new Date(),
      },
    });
    const { adaId } = company;
    await api.db.personIdentity.create({
      data: {
        issuer: url,
        subject: 'ada',
        personId: adaId,
        linkedAt: new Date(),
        linkedBy: 'added',
      },
    });
    await signEverything(api.db);
    await api.db.$queryRaw`SELECT epoch_move(false, true)`;
    const reply = await askToken(url, {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: await idJagOf(company, company.coder, url, { claims: { iss: url } }),
      ...(await byKey()),
    });
    expect([reply.status, reply.body.error]).toEqual([400, 'invalid_grant']);
  });
});

describe('a foreign token that lives for days', () => {
  const DAY = 86_400;
  const seconds = () => Math.floor(Date.now() / 1000);
  // From its issue, and from long ago until now.
  const LIVES = [
    ['for days from now', () => ({ iat: seconds(), exp: seconds() + 3 * DAY })],
    ['since days', () => ({ iat: seconds() - 3 * DAY, exp: seconds() + 60 })],
  ] as const;
  const byIdJag = async (claims: Record<string, unknown>) =>
    askToken(api.origin, {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: await idJagOf(company, company.coder, api.origin, { claims }),
      ...(await byKey()),
    });

  const byToken = async (claims: Record<string, unknown>) => {
    const { idp } = company;
    const proper = {
      claims: { iss: idp.issuer, aud: api.origin, sub: 'coder', client_id: 'c', jti: newId() },
      header: { alg: 'RS256', kid: idp.kid, typ: 'at+jwt' },
      key: idp.privateKey,
    };
    return askToken(api.origin, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: ACCESS_TOKEN,
      subject_token: await sign({ claims }, proper),
    });
  };

  it.each(LIVES)('is no ID-JAG: %s', async (_name, times) => {
    const { status, body } = await byIdJag(times());
    expect([status, body.error]).toEqual([400, 'invalid_grant']);
  });

  it.each(LIVES)('is no access token: %s', async (_name, times) => {
    const { status, body } = await byToken(times());
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });

  it('is one where the issuer’s maximum age allows it', async () => {
    const where = { id: company.issuerId };
    const set = async (maxTokenAgeSeconds: number) => {
      await api.db.issuer.update({ where, data: { maxTokenAgeSeconds } });
      await signEverything(api.db);
      await api.db.$queryRaw`SELECT epoch_move(false, true)`;
    };
    await set(4 * DAY);
    expect((await byIdJag(LIVES[0][1]())).status).toBe(200);
    expect((await byToken(LIVES[1][1]())).status).toBe(200);
    await set(DAY);
  });
});

describe('an agent that acts after another one', () => {
  const byHelper = async (subject_token: string) =>
    askToken(api.origin, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: ACCESS_TOKEN,
      subject_token,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertionOf(company.helper, api.origin),
    });
  const ofCoder = async () =>
    (await exchange({ sub: 'ada' }, await byKey())).body.access_token ?? '';

  it('gets nothing once the other’s tokens are cut', async () => {
    const token = await ofCoder();
    expect((await byHelper(token)).status).toBe(200);
    const where = { id: company.coder.id };
    const tokensRevokedBefore = new Date(Date.now() + 2_000);
    await api.db.agent.update({ where, data: { tokensRevokedBefore } });
    await signEverything(api.db);
    expect((await byHelper(token)).body.error).toBe('invalid_request');
    // Nor does the other itself, however it proves who it is now: the token is what was cut.
    await api.db.agent.update({ where, data: { tokensRevokedBefore: new Date() } });
    await signEverything(api.db);
    await sleep(1_100);
    const again = await exchange({ sub: 'ada' }, { ...(await byKey()), subject_token: token });
    expect(again.body.error).toBe('invalid_request');
    expect((await exchange({ sub: 'ada' }, await byKey())).status).toBe(200);
    await api.db.agent.update({ where, data: { tokensRevokedBefore: null } });
    await signEverything(api.db);
  });

  it('gets nothing once the other’s binding is removed', async () => {
    const token = await ofCoder();
    const { body } = await byHelper(token);
    const { coder } = company;
    expect(decodeJwt(body.access_token ?? '')).toMatchObject({
      binding_id: company.helper.keyBindingId,
      derived_from_bindings: [coder.keyBindingId],
    });
    const where = { id: coder.keyBindingId };
    const { publicKey, conditions, ...data } = await api.db.binding.findUniqueOrThrow({ where });
    await api.db.binding.delete({ where });
    await signEverything(api.db);
    expect((await byHelper(token)).body.error).toBe('invalid_request');
    await api.db.binding.create({
      data: { ...data, publicKey: publicKey as object, conditions: conditions as object },
    });
    await signEverything(api.db);
  });
});

describe('a token that was got by others', () => {
  const digestOf = (issuer: unknown, jti: unknown) =>
    createHash('sha256')
      .update(`${String(issuer)}\n${String(jti)}`)
      .digest('hex');

  const revoke = (tokenId: string) =>
    api.db.revokedToken.create({
      data: {
        issuer: company.idp.issuer,
        tokenId,
        expiresAt: new Date(Date.now() + 600_000),
        revokedAt: new Date(),
      },
    });
  const again = (token: string, more: Record<string, string> = {}) =>
    askToken(api.origin, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: ACCESS_TOKEN,
      subject_token: token,
      ...more,
    });
  const rejected = {
    error: 'invalid_request',
    error_description: expect.stringContaining('has been revoked') as string,
  };

  it('names all that it was derived from, through every exchange', async () => {
    const { body } = await exchange({ sub: 'ada', jti: 'about ada' }, await byKey());
    const first = decodeJwt(body.access_token ?? '');
    const aboutAda = digestOf(company.idp.issuer, 'about ada');
    expect(first).toMatchObject({
      derived_from: [aboutAda],
      derived_from_issuers: [company.issuerId],
    });
    const reply = await again(body.access_token ?? '');
    expect(decodeJwt(reply.body.access_token ?? '')).toMatchObject({
      derived_from: [aboutAda, digestOf(api.origin, first.jti)],
      derived_from_issuers: [company.issuerId],
    });
  });

  it('is no subject token once the first of them is revoked', async () => {
    const ofCoder = async (jti: string) =>
      (await exchange({ sub: 'ada', jti }, await byKey())).body.access_token ?? '';
    const [first, other] = [await ofCoder('leaked'), await ofCoder('not leaked')];
    const second = (await again(first)).body.access_token ?? '';
    expect((await again(second)).status).toBe(200);
    await revoke('leaked');
    for (const token of [first, second]) {
      expect((await again(token)).body).toMatchObject(rejected);
      expect((await again(token, await byKey())).body).toMatchObject(rejected);
    }
    expect((await again(other)).status).toBe(200);
  });

  it('is no actor token once the first of them is revoked', async () => {
    const actor_token =
      (await exchange({ sub: 'coder', jti: 'leaked too' })).body.access_token ?? '';
    const asActor = () => exchange({ sub: 'ada' }, { actor_token, actor_token_type: ACCESS_TOKEN });
    expect((await asActor()).status).toBe(200);
    await revoke('leaked too');
    expect((await asActor()).body).toMatchObject(rejected);
    expect((await again(actor_token)).body).toMatchObject(rejected);
  });

  it('is not made on and on', async () => {
    let token = (await exchange({ sub: 'coder' })).body.access_token ?? '';
    const errors: unknown[] = [];
    for (let times = 0; times < 32; times += 1) {
      const { body } = await again(token);
      token = body.access_token ?? token;
      errors.push(body.error);
    }
    expect(errors).toEqual([...Array<undefined>(31), 'invalid_request']);
  }, 120_000);
});
