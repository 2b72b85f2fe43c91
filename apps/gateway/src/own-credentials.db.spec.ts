import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#libs/platform/kernel';
import {
  search,
  startIdentitySuite,
  type Answer,
  type IdentitySuite,
} from './fixtures/identity-suite.fixture.js';

let suite: IdentitySuite;
let token: string;

beforeAll(async () => {
  suite = await startIdentitySuite();
  token = await suite.gateway.token('coder');
});

afterAll(async () => {
  await suite.stop();
});

beforeEach(() => {
  suite.gateway.rest.seen.length = 0;
  suite.gateway.logs.length = 0;
});

const query = (q: unknown) => ({ ...search, arguments: { q } });
const encoded = (text: string) => Buffer.from(text).toString('base64');

/** Nothing of it is anywhere: upstream, in the ledger and every other table, in the log, in the answer. */
const expectNowhere = async (secret: string, answer: unknown) => {
  const traces = [secret.slice(0, 100), secret.slice(-24)];
  const { rows } = await suite.superuser.query<{ text: string }>(`
    SELECT e::text AS text FROM ledger_entry e UNION ALL SELECT p::text FROM ledger_payload p
    UNION ALL SELECT u::text FROM unregistered_agent u`);
  expect(rows.length).toBeGreaterThan(0);
  const places = { upstream: suite.gateway.rest.seen, rows, logs: suite.gateway.logs, answer };
  for (const [place, content] of Object.entries(places))
    for (const trace of traces)
      expect([place, JSON.stringify(content).includes(trace)]).toEqual([place, false]);
};

const expectRejected = async (answer: Answer) => {
  expect(answer).toMatchObject({ status: 400, body: { code: 'credential_in_call' } });
  expect(suite.gateway.rest.seen).toEqual([]);
  expect(await suite.entryOf(answer)).toMatchObject({
    type: 'call.invalid',
    data: { code: 'credential_in_call' },
  });
};

describe('a call with its own access token in it', () => {
  it.each<[string, () => object]>([
    ['as an argument', () => query(token)],
    ['inside one', () => query(`curl -H "Authorization: Bearer ${token}" https://a.test`)],
    ['deep inside one', () => query({ list: [1, [{ deep: [`x${token}y`] }]] })],
    ['as a name', () => ({ ...search, arguments: { q: { [token]: 1 } } })],
    ['as its signature alone', () => query(token.split('.')[2])],
    ['percent-encoded', () => query(token.replaceAll('.', '%2E').replaceAll('-', '%2d'))],
    ['percent-encoded to the last character', () => query(percent(token))],
    ['percent-encoded twice', () => query(encodeURIComponent(percent(token)))],
    ['percent-encoded beside what is not', () => query(`100 % sure ${percent(token)}`)],
    ['in base64', () => query(encoded(token))],
    ['in base64 after one character', () => query(encoded(`:${token}:`))],
    ['in base64 after two', () => query(encoded(`a:${token}`))],
    ['in base64 for URLs', () => query(Buffer.from(`Bearer ${token}`).toString('base64url'))],
    ['as JSON in a text', () => query(JSON.stringify({ token }))],
    ['as escaped JSON in a text', () => query(`{"a":"${escaped(token)}"}`)],
    ['over several lines', () => query(token.replaceAll(/.{64}/g, '$&\n'))],
    ['in base64 over several lines', () => query(encoded(token).replaceAll(/.{76}/g, '$&\n'))],
  ])('%s is rejected, and the token is nowhere', async (_where, body) => {
    const answer = await suite.call(token, body());
    await expectRejected(answer);
    await expectNowhere(token, answer.body);
  });

  it('written with the escapes of JSON is rejected', async () => {
    const text = JSON.stringify(query('PLACE')).replace('PLACE', escaped(token));
    const response = await fetch(`${suite.gateway.url}/v1/tool-calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: text,
    });
    const body = (await response.json()) as Answer['body'];
    await expectRejected({ status: response.status, headers: response.headers, body });
    await expectNowhere(token, body);
  });

  it('of an agent that nobody registered leaves it nowhere either', async () => {
    const unknown = await suite.idpToken({ sub: newId() });
    const response = await fetch(`${suite.gateway.url}/mcp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${unknown}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: `helpdesk__${unknown}`, arguments: {} },
      }),
    });
    expect(response.status).toBe(403);
    await expect
      .poll(() => suite.people.db.unregisteredAgent.count(), { timeout: 15_000 })
      .toBeGreaterThan(0);
    await expectNowhere(unknown, await response.json());
  });

  it('is a 401 all the same where the token is bad', async () => {
    const bad = `${token.slice(0, -30)}${'A'.repeat(30)}`;
    expect((await suite.call(bad, query(bad))).status).toBe(401);
  });

  it('names the tool in its entry', async () => {
    expect(await suite.entryOf(await suite.call(token, query(token)))).toMatchObject({
      data: { server: 'helpdesk', tool: 'search_tickets' },
    });
  });

  it.each<[string, () => unknown]>([
    ['a text like a token', () => `eyJhbGciOiJSUzI1NiJ9.${'e'.repeat(300)}.${'A'.repeat(342)}`],
    ['much text with escapes', () => `100% \\u0041 \n${'x'.repeat(10_000)}`],
    ['a text like base64', () => encoded('y'.repeat(1_000))],
  ])('is not what has %s in it', async (_what, value) => {
    expect((await suite.call(token, query(value()))).status).toBe(200);
  });
});

const percent = (text: string) =>
  Array.from(text, (one) => `%${one.charCodeAt(0).toString(16)}`).join('');
const escaped = (text: string) =>
  Array.from(text, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

describe('a call with another credential of its own in it', () => {
  it('is rejected for the token about a person that it names', async () => {
    const onBehalfOf = await suite.idpToken({ sub: 'ann' });
    const answer = await suite.call(token, { ...query(onBehalfOf), onBehalfOf });
    await expectRejected(answer);
    await expectNowhere(onBehalfOf, answer.body);
    expect((await suite.call(token, { ...search, onBehalfOf })).status).toBe(200);
  });

  it('is rejected for its proof of possession', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const proof = signed(privateKey, { jwk: publicKey.export({ format: 'jwk' }) });
    const answer = await suite.call(token, query(proof), { dpop: proof });
    await expectRejected(answer);
    await expectNowhere(proof, answer.body);
  });

  it('may name the very token that it authenticates with as the one about the person', async () => {
    const client = await suite.clientToken('ann');
    const answer = await suite.call(client, { ...search, onBehalfOf: client });
    expect(answer.status).toBe(200);
    await expectNowhere(client, answer.body);
  });
});

const signed = (key: KeyObject, header: object): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    jti: newId(),
    htm: 'POST',
    htu: 'x',
    iat: 1,
    n: createHash('md5').digest('hex'),
  };
  const content = `${part({ alg: 'ES256', typ: 'dpop+jwt', ...header })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
};

describe('over MCP', () => {
  const post = async (message: object, path = '/mcp') => {
    const response = await fetch(`${suite.gateway.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const call = (params: object) =>
    post({
      method: 'tools/call',
      params: { name: 'helpdesk__search_tickets', arguments: { q: 'x' }, ...params },
    });

  it.each<[string, () => ReturnType<typeof post>]>([
    ['an argument', () => call({ arguments: { q: token } })],
    ['_meta', () => call({ _meta: { authorization: `Bearer ${token}` } })],
    ['the name of the tool', () => call({ name: token })],
    ['a name inside _meta', () => call({ _meta: { [token]: true } })],
    ['the query', () => post({ method: 'ping' }, `/mcp?access_token=${token}`)],
    ['a cursor', () => post({ method: 'tools/list', params: { cursor: token } })],
    ['what a client says of itself', () => post({ method: 'ping', params: { client: token } })],
  ])('a message with the token in %s is rejected, and the token is nowhere', async (_w, send) => {
    const { body } = await send();
    expect(JSON.stringify(body)).toContain('credential');
    expect(suite.gateway.rest.seen).toEqual([]);
    await expectNowhere(token, body);
  });

  it('tells the model so in a result that it can act on', async () => {
    const { status, body } = await call({ arguments: { q: token } });
    expect([status, body['id']]).toEqual([200, 1]);
    expect(body['result']).toMatchObject({ isError: true });
  });
});

it.each(['/v1/tools', '/v1/ability', `/v1/tool-calls/${newId()}`])(
  'GET %s with the token in the query is rejected',
  async (path) => {
    const response = await fetch(`${suite.gateway.url}${path}?server=${token}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const body = (await response.json()) as Answer['body'];
    expect([response.status, body['code']]).toEqual([400, 'credential_in_call']);
    await expectNowhere(token, body);
  },
);
