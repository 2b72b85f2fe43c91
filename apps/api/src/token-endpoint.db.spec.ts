import 'reflect-metadata';
import { verifyLedger } from '#libs/engine/ledger';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { createRemoteJWKSet, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import {
  askToken,
  assertionOf,
  openTokenCompany,
  type Forged,
  type TokenAgent,
  type TokenCompany,
} from './fixtures/token-company.fixture.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

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

const ask = async (agent: TokenAgent, forged: Forged = {}, more: Record<string, string> = {}) =>
  askToken(api.origin, {
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: await assertionOf(agent, api.origin, forged),
    ...more,
  });

const entriesAbout = (agentId: string) =>
  api.db.ledgerEntry.findMany({
    where: { type: 'issue-token', subjectId: agentId },
    orderBy: { id: 'asc' },
  });

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

describe('what the token endpoint says of itself', () => {
  it('is RFC 8414 metadata, which a client of somebody else can use to get a token', async () => {
    const { coder } = company;
    const config = await oidc.discovery(
      new URL(api.origin),
      coder.id,
      undefined,
      oidc.PrivateKeyJwt(coder.key),
      { algorithm: 'oauth2', execute: [oidc.allowInsecureRequests] },
    );
    const metadata = config.serverMetadata();
    expect(metadata).toMatchObject({
      issuer: api.origin,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      authorization_grant_profiles_supported: ['urn:ietf:params:oauth:grant-profile:id-jag'],
    });
    const answer = await oidc.clientCredentialsGrant(config, { scope: 'tools' });
    expect(answer).toMatchObject({ token_type: 'bearer', scope: 'tools' });
    expect(answer.expires_in).toBeLessThanOrEqual(300);
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri ?? ''));
    const { payload, protectedHeader } = await jwtVerify(answer.access_token, keys);
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(payload).toMatchObject({
      iss: api.origin,
      aud: api.origin,
      sub: coder.id,
      client_id: coder.id,
      binding_id: coder.keyBindingId,
      scope: 'tools',
    });
    expect(payload).not.toHaveProperty('act');
  });

  it('keeps private halves to itself and lets the public ones be kept for less than an hour', async () => {
    const response = await fetch(`${api.origin}/oauth/jwks`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=900');
    const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).toSorted()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ]);
    const rows = await api.db.signingKey.findMany();
    expect(JSON.stringify(rows.map((row) => row.sealedPrivateKey))).not.toContain('"d"');
  });
});

describe('an agent with a key of its own', () => {
  it('gets a token, which is never kept or cached, and an entry that gives none of it away', async () => {
    const { status, headers, body } = await ask(company.coder);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
    });
    const entry = (await entriesAbout(company.coder.id)).at(-1);
    expect(entry?.data).toMatchObject({
      outcome: 'succeeded',
      facts: {
        grant: 'client_credentials',
        authenticationMethod: 'client_assertion',
        personId: null,
      },
    });
    const payloads = await api.db.ledgerPayload.findMany({ where: { entryId: entry?.id ?? '' } });
    const written = JSON.stringify([entry?.data, payloads, api.lines]);
    const [, , signature] = (body.access_token ?? '').split('.');
    expect(written).not.toContain(signature);
  });

  it('may name either of our addresses as audience, but only one', async () => {
    const endpoint = `${api.origin}/oauth/token`;
    for (const aud of [endpoint, [api.origin]])
      expect((await ask(company.coder, { claims: { aud } })).status).toBe(200);
    const both = { claims: { aud: [api.origin, endpoint] } };
    expect((await ask(company.coder, both)).body.error).toBe('invalid_client');
  });

  it('shows an assertion once, however many replicas there are', async () => {
    const other = await startTestApi(database.appUrl);
    const form = {
      grant_type: 'client_credentials',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertionOf(company.coder, api.origin),
    };
    const answers = await Promise.all(Array.from({ length: 6 }, () => askToken(api.origin, form)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.error === 'invalid_client')).toHaveLength(5);
    // Another replica has another address here, so the assertion names that one, under the same id.
    const jti = 'the-same-id';
    expect((await ask(company.coder, { claims: { jti } })).status).toBe(200);
    const again = await askToken(other.origin, {
      ...form,
      client_assertion: await assertionOf(company.coder, other.origin, { claims: { jti } }),
    });
    expect(again.body.error).toBe('invalid_client');
    await other.close();
  });

  it.each<[string, () => Forged | Promise<Forged>]>([
    ['of another agent’s key', () => ({ key: company.helper.key })],
    ['with the wrong audience', () => ({ claims: { aud: 'https://elsewhere.test' } })],
    ['with our address as a prefix', () => ({ claims: { aud: `${api.origin}.evil.test` } })],
    ['without an audience', () => ({ claims: { aud: undefined } })],
    ['from somebody else about the agent', () => ({ claims: { iss: company.helper.id } })],
    ['about another agent', () => ({ claims: { sub: company.helper.id } })],
    ['about nobody', () => ({ claims: { sub: undefined } })],
    ['that never expires', () => ({ claims: { exp: undefined } })],
    ['that lasts too long', () => ({ claims: { exp: inSeconds(3600) } })],
    ['that has expired', () => ({ claims: { exp: inSeconds(-60) } })],
    ['of the future', () => ({ claims: { iat: inSeconds(120) } })],
    ['that is not valid yet', () => ({ claims: { nbf: inSeconds(120) } })],
    ['without an id', () => ({ claims: { jti: undefined } })],
    ['with an id that is no text', () => ({ claims: { jti: 7 } })],
    ['that is an access token by its typ', () => ({ header: { typ: 'at+jwt' } })],
    ['that is an ID-JAG by its typ', () => ({ header: { typ: 'oauth-id-jag+jwt' } })],
    ['that brings its own key', () => ({ header: { jwk: company.coder.publicKey } })],
    ['that says where its key is', () => ({ header: { jku: 'https://evil.test/jwks' } })],
    [
      'signed with a shared secret',
      () => ({
        header: { alg: 'HS256' },
        key: new TextEncoder().encode(JSON.stringify(company.coder.publicKey)),
      }),
    ],
  ])('is not taken for an assertion %s', async (_what, forge) => {
    const entries = await entriesAbout(company.coder.id);
    const { status, body } = await ask(company.coder, await forge());
    expect({ status, error: body.error }).toEqual({ status: 401, error: 'invalid_client' });
    // A request without a known agent is counted, not listed.
    expect(await entriesAbout(company.coder.id)).toHaveLength(entries.length);
  });

  it('is not taken for one that is not signed, or signed by the person’s IdP', async () => {
    const claims = { iss: company.coder.id, sub: company.coder.id, aud: api.origin };
    const unsigned = new UnsecuredJWT({ ...claims, jti: 'u', exp: inSeconds(60) }).encode();
    const idp = await new SignJWT({ ...claims, jti: 'i', exp: inSeconds(60) })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: company.idp.kid })
      .sign(company.idp.privateKey);
    for (const assertion of [unsigned, `${unsigned}x`, idp, 'x', 'a.b.c', 'é.é.é']) {
      const { body } = await askToken(api.origin, {
        grant_type: 'client_credentials',
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: assertion,
      });
      expect(body.error).toBe('invalid_client');
    }
  });

  it('is rejected, and that is written down, while it is suspended', async () => {
    const { status, body } = await ask(company.sleeper);
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'unauthorized_client' });
    expect((await entriesAbout(company.sleeper.id)).at(-1)?.data).toMatchObject({
      outcome: 'rejected',
      code: 'forbidden',
    });
  });

  it('gets nothing on proofs from before its tokens were revoked', async () => {
    const { helper } = company;
    const where = { id: helper.id };
    await api.db.agent.update({ where, data: { tokensRevokedBefore: new Date() } });
    await signEverything(api.db);
    const before = { claims: { iat: inSeconds(-30) } };
    expect((await ask(helper, before)).body.error).toBe('unauthorized_client');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await ask(helper)).status).toBe(200);
    await api.db.agent.update({ where, data: { tokensRevokedBefore: null } });
    await signEverything(api.db);
  });

  it('asks for a scope of ours or none, and for us or nobody', async () => {
    const narrowed = await ask(company.coder, {}, { scope: 'tools:helpdesk tools:everything' });
    expect(narrowed.body['scope']).toBe('tools:helpdesk tools:everything');
    const errorOf = async (more: Record<string, string>) =>
      (await ask(company.coder, {}, more)).body.error;
    for (const scope of ['admin', 'tools:', 'tools:UP', 'tools *', 'tools:a/b'])
      expect(await errorOf({ scope })).toBe('invalid_scope');
    for (const audience of [
      'https://elsewhere.test',
      `${api.origin}.evil.test`,
      `${api.origin}/mcpx`,
    ])
      expect(await errorOf({ audience })).toBe('invalid_target');
    expect(await errorOf({ resource: `${api.origin}/scim/v2` })).toBe('invalid_target');
    expect(await errorOf({ resource: `${api.origin}/mcp/helpdesk` })).toBeUndefined();
    const type = 'urn:ietf:params:oauth:token-type:refresh_token';
    expect(await errorOf({ requested_token_type: type })).toBe('invalid_request');
  });
});

describe('a request that is no token request', () => {
  const form = (text: string, headers?: Record<string, string>) =>
    askToken(api.origin, text, headers);

  it('is answered as RFC 6749 has it', async () => {
    const assertion = await assertionOf(company.coder, api.origin);
    const shown = `client_assertion_type=${encodeURIComponent(ASSERTION_TYPE)}&client_assertion=${assertion}`;
    const cases: [string, number, string][] = [
      ['', 401, 'invalid_client'],
      ['grant_type=client_credentials', 401, 'invalid_client'],
      [
        `grant_type=client_credentials&client_id=${company.coder.id}&client_secret=x`,
        401,
        'invalid_client',
      ],
      [shown, 400, 'invalid_request'],
      [`grant_type=password&${shown}`, 400, 'unsupported_grant_type'],
      [`grant_type=__proto__&${shown}`, 400, 'unsupported_grant_type'],
      [
        `grant_type=client_credentials&grant_type=client_credentials&${shown}`,
        400,
        'invalid_request',
      ],
      [`grant_type=client_credentials&scope=tools&scope=tools&${shown}`, 400, 'invalid_request'],
      [`grant_type=client_credentials&unknown=1&unknown=2&${shown}`, 400, 'invalid_request'],
      [
        `grant_type=client_credentials&client_id=${company.helper.id}&${shown}`,
        401,
        'invalid_client',
      ],
      [`grant_type=client_credentials&client_assertion=${assertion}`, 401, 'invalid_client'],
    ];
    for (const [text, status, error] of cases) {
      const reply = await form(text);
      expect([text.slice(0, 40), reply.status, reply.body.error]).toEqual([
        text.slice(0, 40),
        status,
        error,
      ]);
      expect(reply.headers.get('content-type')).toContain('application/json');
      expect(reply.headers.get('cache-control')).toBe('no-store');
      expect(reply.body['error_description']).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
    }
  });

  it('is rejected in every other form', async () => {
    const json = await form('{"grant_type":"client_credentials"}', {
      'content-type': 'application/json',
    });
    expect([json.status, json.body.error]).toEqual([415, 'invalid_request']);
    const basic = await form('grant_type=client_credentials', { authorization: 'Basic eDp5' });
    expect([basic.status, basic.body.error]).toEqual([401, 'invalid_client']);
    expect(basic.headers.get('www-authenticate')).toBe('Basic realm="token endpoint"');
    const odd = await form('grant_type=client_credentials', { authorization: '" realm=x' });
    expect(odd.headers.get('www-authenticate')).toBe('Basic realm="token endpoint"');
    const large = await form(`grant_type=client_credentials&scope=${'a'.repeat(1_100_000)}`);
    expect([large.status, large.body.error]).toEqual([413, 'invalid_request']);
    const got = await fetch(`${api.origin}/oauth/token`);
    expect(got.status).toBe(405);
    const page = await form('', { origin: 'https://evil.test' });
    expect(page.status).toBe(403);
  });

  it('ignores what it does not know and what has no value', async () => {
    const { status } = await ask(company.coder, {}, { display: 'page', resource: '', nonce: 'x' });
    expect(status).toBe(200);
  });
});

describe('the ledger', () => {
  it('counts callers that could not be identified, and verifies', async () => {
    await api.rejections.flush();
    const counted = await api.db.ledgerEntry.findMany({ where: { type: 'rejection.counted' } });
    const reasons = counted.map(({ data }) => (data as { reason: string }).reason);
    expect(reasons).toContain('token_endpoint:invalid_client');
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
  });
});
