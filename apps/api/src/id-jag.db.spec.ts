import 'reflect-metadata';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { decodeJwt, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import {
  askToken,
  assertionOf,
  idJagOf,
  openTokenCompany,
  type Forged,
  type TokenAgent,
  type TokenCompany,
} from './fixtures/token-company.fixture.js';

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

const show = async (agent: TokenAgent, assertion: string, more: Record<string, string> = {}) =>
  askToken(api.origin, {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionOf(agent, api.origin),
    ...more,
  });

const jag = (forged: Forged = {}, agent = company.coder) =>
  idJagOf(company, agent, api.origin, forged);

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

describe('an ID-JAG', () => {
  it('lets the client that it names act for the person that it names', async () => {
    const { status, body } = await show(company.coder, await jag());
    expect(status).toBe(200);
    const claims = decodeJwt(body.access_token ?? '');
    expect(claims).toMatchObject({
      sub: company.adaId,
      client_id: company.coder.id,
      act: { sub: company.coder.id },
      scope: 'tools',
    });
    // Never longer than what it was got for.
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBeLessThanOrEqual(60);
    const where = { type: 'issue-token', subjectId: company.coder.id };
    const entry = await api.db.ledgerEntry.findFirst({ where, orderBy: { id: 'desc' } });
    expect(entry?.data).toMatchObject({
      outcome: 'succeeded',
      facts: { grant: 'id_jag', identifiedBy: 'id_jag', personId: company.adaId },
    });
  });

  it('limits to the scope that it grants', async () => {
    const scoped = () => jag({ claims: { scope: 'chat tools:helpdesk' } });
    expect((await show(company.coder, await scoped())).body['scope']).toBe('tools:helpdesk');
    const wider = await show(company.coder, await scoped(), { scope: 'tools' });
    expect(wider.body.error).toBe('invalid_scope');
    const none = await show(company.coder, await jag({ claims: { scope: 'chat' } }));
    expect(none.body.error).toBe('invalid_scope');
  });

  it('is valid once, also when it is presented four times at once', async () => {
    const once = await jag();
    expect((await show(company.coder, once)).status).toBe(200);
    expect((await show(company.coder, once)).body.error).toBe('invalid_grant');
    const together = await jag();
    const answers = await Promise.all([1, 2, 3, 4].map(() => show(company.coder, together)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it.each<[string, () => Forged | Promise<Forged>]>([
    ['is for two audiences', () => ({ claims: { aud: [api.origin, 'https://other.test'] } })],
    ['is for us twice', () => ({ claims: { aud: [api.origin, api.origin] } })],
    ['is for another server', () => ({ claims: { aud: 'https://other.test' } })],
    ['is for the token endpoint', () => ({ claims: { aud: `${api.origin}/oauth/token` } })],
    ['has no audience', () => ({ claims: { aud: undefined } })],
    ['names another client', () => ({ claims: { client_id: company.helper.id } })],
    ['names the client by another name', () => ({ claims: { client_id: 'coder' } })],
    ['names no client', () => ({ claims: { client_id: undefined } })],
    ['carries actors of its issuer', () => ({ claims: { act: { sub: 'helper' } } })],
    ['says that another agent may act', () => ({ claims: { may_act: { sub: 'helper' } } })],
    ['says in other words who may act', () => ({ claims: { may_act: 'coder' } })],
    ['is about somebody unknown', () => ({ claims: { sub: 'nobody' } })],
    ['is about somebody disabled', () => ({ claims: { sub: 'gone' } })],
    ['is about nobody', () => ({ claims: { sub: undefined } })],
    ['names a list of people', () => ({ claims: { sub: ['ada'] } })],
    ['has expired', () => ({ claims: { exp: inSeconds(-60) } })],
    ['never expires', () => ({ claims: { exp: undefined } })],
    ['is of the future', () => ({ claims: { iat: inSeconds(600) } })],
    ['has no id', () => ({ claims: { jti: undefined } })],
    ['comes from an unknown issuer', () => ({ claims: { iss: 'https://evil.test' } })],
    ['comes from us', () => ({ claims: { iss: api.origin } })],
    ['is an access token', () => ({ header: { typ: 'at+jwt' } })],
    ['is an ID token', () => ({ header: { typ: 'JWT' } })],
    ['has no type', () => ({ header: { typ: undefined } })],
    [
      'is signed by somebody else',
      async () => ({ key: (await generateKeyPair('RS256', { extractable: true })).privateKey }),
    ],
    ['is signed by the client', () => ({ key: company.coder.key, header: { alg: 'ES256' } })],
    [
      'is signed with a shared secret',
      () => ({ key: new TextEncoder().encode('s'.repeat(32)), header: { alg: 'HS256' } }),
    ],
  ])('is invalid_grant when it %s', async (_what, forge) => {
    const reply = await show(company.coder, await jag(await forge()));
    expect([reply.status, reply.body.error]).toEqual([400, 'invalid_grant']);
    expect(reply.body.access_token).toBeUndefined();
  });

  it('is nothing without the client that it names', async () => {
    expect((await show(company.helper, await jag())).body.error).toBe('invalid_grant');
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: await jag(),
    };
    expect((await askToken(api.origin, form)).status).toBe(401);
    // A token that names the agent is not enough: the draft asks for an authenticated client.
    const subject = await company.idp.accessToken({ sub: 'coder', aud: api.origin });
    const byToken = { ...form, subject_token: subject, subject_token_type: 'x' };
    expect((await askToken(api.origin, byToken)).status).toBe(401);
  });

  it('is no access token, and an access token is none', async () => {
    const asSubject = await askToken(api.origin, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: await jag(),
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(company.coder, api.origin),
    });
    expect(asSubject.body.error).toBe('invalid_request');
    const access = await company.idp.accessToken({ sub: 'ada', aud: api.origin });
    expect((await show(company.coder, access)).body.error).toBe('invalid_grant');
  });
});
