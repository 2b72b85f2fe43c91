import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.js';
import { addIdp, SETTINGS } from './fixtures/issuers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { CLIENT, startTestIdp, type TestIdp } from './fixtures/test-idp.js';
import { Visitor } from './fixtures/visitor.js';

let database: TestDatabase;
let gate: TestApi;
let admin: { id: string; visitor: Visitor };
let idp: TestIdp;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  admin = await signedInAs(gate, 'it');
  idp = await startTestIdp(gate.origin);
});
afterAll(async () => {
  await idp.close();
  await gate.close();
  await database.drop();
});

interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

describe('the connection test', () => {
  const test = async (body: object, visitor = admin.visitor) => {
    const answer = await answerOf(visitor.write('POST', '/api/v1/issuers/test', body));
    const checks = (answer.body['checks'] ?? []) as Check[];
    const found = Object.fromEntries(checks.map(({ name, ok }) => [name, ok]));
    return { ...answer, ok: answer.body['ok'], found, checks };
  };
  const draft = (change: object = {}) => {
    const { name: _, ...settings } = SETTINGS;
    return { ...settings, url: idp.issuer, ...change };
  };

  it('passes a good issuer, check by check, and keeps nothing', async () => {
    const before = await gate.db.issuer.count();
    const { status, ok, found } = await test(draft());
    expect({ status, ok, found }).toEqual({
      status: 200,
      ok: true,
      found: {
        settings: true,
        discovery: true,
        issuer: true,
        keys: true,
        clock: true,
        audience: true,
      },
    });
    expect(await gate.db.issuer.count()).toBe(before);
  });

  it('tests a saved one with its sign-in', async () => {
    const other = await addIdp(gate, admin.visitor);
    const { ok, found } = await test({ issuerId: other.issuerId });
    expect({ ok, found }).toMatchObject({ ok: true, found: { sign_in: true } });
    await other.idp.close();
    expect(await test({ issuerId: other.issuerId })).toMatchObject({
      ok: false,
      found: { discovery: false },
    });
    expect((await test({ issuerId: newId() })).status).toBe(404);
  });

  it('says when the address differs by a slash, and what it should be', async () => {
    const { ok, checks } = await test(draft({ url: `${idp.issuer}/` }));
    expect(ok).toBe(false);
    expect(checks.find(({ name }) => name === 'issuer')).toMatchObject({
      ok: false,
      detail: `It names itself ${idp.issuer}: the slash at the end is part of it.`,
    });
  });

  it('fails when no key fits the algorithms', async () => {
    expect((await test(draft({ algorithms: ['RS256', 'EdDSA'] }))).found).toMatchObject({
      discovery: true,
      keys: false,
    });
  });

  it('fails settings that would let in too much, and says which', async () => {
    const { found, checks } = await test(draft({ audiences: ['*'], sampleToken: 'x' }));
    expect(found).toMatchObject({ settings: false, keys: true, sample_token: false });
    expect(checks[0]?.detail).toContain('audiences.0');
  });

  it('verifies a sample token, says why not, and keeps and repeats none of it', async () => {
    const now = Math.floor(Date.now() / 1000);
    const good = { sub: 'agent', client_id: 'agent', iss: idp.issuer, iat: now, exp: now + 60 };
    const token = await idp.sign({ ...good, aud: SETTINGS.audiences }, { typ: 'JWT' });
    expect((await test(draft({ sampleToken: token }))).found).toMatchObject({ sample_token: true });
    gate.lines.length = 0;
    const other = await idp.sign({ ...good, aud: 'c4n4ry' }, { typ: 'JWT' });
    for (const [sampleToken, reason] of [
      [other, /another resource/],
      [`${token.slice(0, -8)}AAAAAAAA`, /signature/],
      [CLIENT.secret, /not a signed JWT/],
    ] as const) {
      const { ok, text, checks } = await test(draft({ sampleToken }));
      expect(ok).toBe(false);
      expect(checks.at(-1)).toMatchObject({ name: 'sample_token', ok: false });
      expect(checks.at(-1)?.detail).toMatch(reason);
      expect(text).not.toContain(sampleToken);
    }
    expect(gate.lines.join('')).not.toContain(other);
  });

  it('is for IT alone', async () => {
    const { visitor } = await signedInAs(gate, 'security');
    expect((await test(draft(), visitor)).status).toBe(403);
  });

  describe('of an issuer that answers oddly', () => {
    let server: Server;
    let url: string;
    let answer: { status?: number; body?: string; headers?: Record<string, string> };
    beforeAll(async () => {
      server = createServer((request, response) => {
        const { status = 200, body = '', headers = {} } = answer;
        const text = request.url === '/jwks' ? '{"keys":[]}' : body.replaceAll('SELF', url);
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
      });
      await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
      url = `http://localhost:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => server.close());

    it.each<[string, typeof answer, string]>([
      ['no JSON', { body: '<html>c4n4ry</html>' }, 'discovery'],
      ['a list', { body: '["c4n4ry"]' }, 'discovery'],
      ['not found', { status: 404, body: 'c4n4ry' }, 'discovery'],
      [
        'a redirect',
        { status: 302, headers: { location: 'http://169.254.169.254/' } },
        'discovery',
      ],
      ['too much', { body: `{"a":"${'x'.repeat(2_000_000)}"}` }, 'discovery'],
      ['about another issuer', { body: '{"issuer":"https://c4n4ry.test"}' }, 'issuer'],
      ['about no issuer', { body: '{"issuer":{"c4n4ry":1}}' }, 'issuer'],
      ['without keys', { body: '{"issuer":"SELF"}' }, 'keys'],
      ['with no key', { body: '{"issuer":"SELF","jwks_uri":"SELF/jwks"}' }, 'keys'],
      [
        'with keys at a metadata address',
        { body: '{"issuer":"SELF","jwks_uri":"http://169.254.169.254/c"}' },
        'keys',
      ],
      [
        'with keys in a file',
        { body: '{"issuer":"SELF","jwks_uri":"file:///etc/passwd"}' },
        'keys',
      ],
      [
        'with a clock of the future',
        {
          body: '{"issuer":"SELF","jwks_uri":"SELF/jwks"}',
          headers: { date: 'Sun, 06 Nov 2050 08:49:37 GMT' },
        },
        'clock',
      ],
    ])('fails and repeats none of it: %s', async (_, reply, failing) => {
      answer = reply;
      const { status, ok, found, text } = await test(draft({ url }));
      expect({ status, ok, failed: found[failing] }).toEqual({
        status: 200,
        ok: false,
        failed: false,
      });
      expect(text).not.toContain('c4n4ry');
    });
  });

  it('tells nothing about addresses that we may not connect to', async () => {
    const details = await Promise.all(
      ['http://169.254.169.254', 'http://10.0.0.1:5432', 'http://10.0.0.2:1'].map(async (url) => {
        const { checks } = await test(draft({ url }));
        const found = checks.find(({ name }) => name === 'discovery');
        return found?.detail.replaceAll(/http\S+ /g, '');
      }),
    );
    expect(new Set(details).size).toBe(1);
  });
});
