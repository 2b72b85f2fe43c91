import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { holdNextAnswer } from './fixtures/rest-server.fixture.js';

let database: TestDatabase;
let gateway: GatewayFixture;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  gateway = await startGateway(database.appUrl, { upstreamTimeoutSeconds: 1 });
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});

afterAll(async () => {
  await gateway.stop();
  await superuser.end();
  await database.drop();
});

beforeEach(() => {
  gateway.rest.seen.length = 0;
  gateway.rest.behaviour = 'well';
  gateway.rest.beforeAnswer = () => undefined;
});

const search = { server: 'helpdesk', tool: 'search_tickets', arguments: { q: 'printer' } };
const refund = (amount: unknown) => ({
  server: 'helpdesk',
  tool: 'refund',
  arguments: { ticket: 't1', amount },
});

interface Entry {
  type: string;
  data: Record<string, unknown>;
}

const entriesOf = async (callId: string): Promise<Entry[]> => {
  const { rows } = await superuser.query<Entry>(
    'SELECT type, data FROM ledger_entry WHERE call_id = $1 ORDER BY id',
    [callId],
  );
  return rows;
};

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

describe('an allowed call', () => {
  it('reaches the tool server after its intent, and has its outcome after', async () => {
    const before: Entry[] = [];
    gateway.rest.beforeAnswer = async () => {
      const { rows } = await superuser.query<Entry>(
        "SELECT type, data FROM ledger_entry WHERE type LIKE 'call.%' ORDER BY id DESC LIMIT 1",
      );
      before.push(...rows);
    };
    const response = await gateway.call('coder', search);
    expect(response.status).toBe(200);
    const body = await json(response);
    expect(body).toMatchObject({
      isError: false,
      structuredContent: { done: '/tickets?q=printer' },
      decision: { effect: 'allow', rule: 'coder-may-use-everything', outcome: 'succeeded' },
    });
    expect(before).toMatchObject([{ type: 'call.intent', data: { decision: 'allow' } }]);
    expect(await entriesOf(body['id'] as string)).toMatchObject([
      {
        type: 'call.intent',
        data: { decision: 'allow', tool: 'search_tickets', protocol: 'rest' },
      },
      { type: 'call.outcome', data: { outcome: 'succeeded' } },
    ]);
  });

  it('is sent as it was evaluated: defaults filled in, nothing else', async () => {
    const body =
      '{"server":"helpdesk","tool":"note","arguments":{"data":{"constructor":[1.50,"\\u00e9"]}}}';
    const response = await gateway.call('coder', body);
    expect(response.status).toBe(200);
    expect(gateway.rest.seen.map((seen) => seen.body)).toEqual([
      '{"text":"none","data":{"constructor":[1.5,"é"]}}',
    ]);
  });

  it('takes nothing of the caller upstream: no token, cookie or header', async () => {
    const canary = 'c4n4ry-c4n4ry';
    const token = await gateway.token('coder');
    await gateway.call('coder', search, {
      cookie: canary,
      'x-forwarded-for': canary,
      'x-canary': canary,
    });
    const seen = JSON.stringify(gateway.rest.seen);
    expect(gateway.rest.seen).toHaveLength(1);
    expect(seen).not.toContain(canary);
    expect(seen).not.toContain(token.slice(0, 20));
    expect(seen.toLowerCase()).not.toContain('authorization');
  });

  it('whose tool says no is a result with isError', async () => {
    gateway.rest.behaviour = 'reject';
    const response = await gateway.call('coder', search);
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({
      isError: true,
      decision: { outcome: 'tool_error' },
    });
  });

  it('that runs out of time has an unknown outcome', async () => {
    gateway.rest.behaviour = 'hang';
    const response = await gateway.call('coder', search);
    expect(response.status).toBe(504);
    const body = await json(response);
    expect(body).toMatchObject({ code: 'outcome_unknown', reason: 'timeout' });
    expect(await entriesOf(body['callId'] as string)).toMatchObject([
      { type: 'call.intent' },
      { type: 'call.outcome', data: { outcome: 'timeout' } },
    ]);
  });

  it('whose connection breaks has an unknown outcome', async () => {
    gateway.rest.behaviour = 'reset';
    const response = await gateway.call('coder', search);
    expect(response.status).toBe(504);
    expect(await json(response)).toMatchObject({ code: 'outcome_unknown', reason: 'unknown' });
  });

  it('has its outcome recorded when the caller has gone', async () => {
    const held = holdNextAnswer(gateway.rest);
    const gone = new AbortController();
    const given = Promise.withResolvers<void>();
    gateway.rest.onGone = () => given.resolve();
    const call = fetch(`${gateway.url}/v1/tool-calls`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await gateway.token('coder')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(search),
      signal: gone.signal,
    });
    await held.arrived;
    gone.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    await given.promise;
    held.release();
    await expect
      .poll(async () => {
        const { rows } = await superuser.query<Entry>(
          "SELECT type, data FROM ledger_entry WHERE type LIKE 'call.%' ORDER BY id DESC LIMIT 1",
        );
        return rows[0];
      })
      .toMatchObject({ type: 'call.outcome', data: { outcome: 'unknown', cause: 'cancelled' } });
  });
});

describe('a denied call', () => {
  it('is recorded, answered with rule, reason and remedy, and never sent', async () => {
    const response = await gateway.call('coder', refund(101));
    expect(response.status).toBe(403);
    const body = await json(response);
    expect(body).toMatchObject({
      code: 'denied',
      rule: 'no-large-refunds',
      reason: 'Refunds over 100 are for people.',
      remedy: 'Ask a colleague in support.',
    });
    expect(await entriesOf(body['callId'] as string)).toMatchObject([
      { type: 'call.intent', data: { decision: 'deny', rule: 'no-large-refunds' } },
    ]);
    expect(gateway.rest.seen).toEqual([]);
  });

  it.each([
    ['a text', '"99"'],
    ['null', 'null'],
    ['a list', '[50]'],
    ['an object', '{}'],
  ])('cannot slip through with %s for a number', async (_name, amount) => {
    const response = await gateway.call(
      'coder',
      `{"server":"helpdesk","tool":"refund","arguments":{"ticket":"t","amount":${amount}}}`,
    );
    expect(response.status).toBe(400);
    expect(await json(response)).toMatchObject({ code: 'invalid_arguments' });
    expect(gateway.rest.seen).toEqual([]);
  });

  it('cannot slip through without the number', async () => {
    const call = { server: 'helpdesk', tool: 'refund', arguments: { ticket: 't' } };
    expect((await gateway.call('coder', call)).status).toBe(403);
    expect(gateway.rest.seen).toEqual([]);
  });

  it('of a tool that the agent may not list says why on this adapter', async () => {
    const response = await gateway.call('outsider', search);
    expect(response.status).toBe(403);
    expect(await json(response)).toMatchObject({ code: 'denied', rule: null });
  });
});

describe('a rejected call', () => {
  it.each([
    ['an unknown tool', { ...search, tool: 'nope' }, 404, 'unknown_tool'],
    ['an unknown server', { ...search, server: 'nope' }, 404, 'unknown_tool'],
    [
      'an undeclared argument',
      { ...search, arguments: { q: 'x', extra: 1 } },
      400,
      'invalid_arguments',
    ],
    ['arguments that are a list', { ...search, arguments: [] }, 400, 'invalid_request'],
    ['no server', { tool: 'search_tickets' }, 400, 'invalid_request'],
    ['an unknown member', { ...search, admin: true }, 400, 'invalid_request'],
    [
      'a person’s name',
      { ...search, onBehalfOf: 'security@example.test' },
      403,
      'person_not_proven',
    ],
    ['a dry run', { ...search, dryRun: true }, 400, 'not_supported'],
    [
      'a __proto__',
      '{"server":"helpdesk","tool":"note","arguments":{"data":{"__proto__":{"a":1}}}}',
      400,
      'invalid_arguments',
    ],
    ['a duplicate key', '{"server":"helpdesk","server":"x"}', 400, 'invalid_request'],
    [
      '2^53 + 1',
      '{"server":"helpdesk","tool":"refund","arguments":{"amount":9007199254740993}}',
      400,
      'invalid_request',
    ],
    ['a lone surrogate', '{"server":"\\ud800"}', 400, 'invalid_request'],
    ['65 levels', `{"a":${'['.repeat(65)}${']'.repeat(65)}}`, 400, 'invalid_request'],
    ['no JSON', 'server=helpdesk', 400, 'invalid_request'],
    ['an empty body', '', 400, 'invalid_request'],
    [
      'two megabytes',
      JSON.stringify({ ...search, arguments: { q: 'a'.repeat(2_000_000) } }),
      413,
      'payload_too_large',
    ],
  ])('with %s is an entry of its agent and a clear problem', async (_name, body, status, code) => {
    const count = async () => {
      const { rows } = await superuser.query<{ count: string }>(
        "SELECT count(*) FROM ledger_entry WHERE type = 'call.invalid' AND data->>'code' = $1",
        [code],
      );
      return Number(rows[0]?.count);
    };
    const before = await count();
    const response = await gateway.call('coder', body);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await json(response)).toMatchObject({ code, status });
    expect(await count()).toBe(before + 1);
    expect(gateway.rest.seen).toEqual([]);
  });

  it('with an Idempotency-Key is told that it is not supported', async () => {
    const response = await gateway.call('coder', search, { 'idempotency-key': 'k' });
    expect(response.status).toBe(400);
    expect(await json(response)).toMatchObject({ code: 'not_supported' });
    expect(gateway.rest.seen).toEqual([]);
  });

  it('of a suspended agent is 403 and an entry', async () => {
    const response = await gateway.call('sleeper', search);
    expect(response.status).toBe(403);
    expect(await json(response)).toMatchObject({ code: 'agent_not_active' });
    const { rows } = await superuser.query<Entry>(
      "SELECT type, data FROM ledger_entry WHERE type = 'call.invalid' ORDER BY id DESC LIMIT 1",
    );
    expect(rows).toMatchObject([{ data: { code: 'agent_not_active' } }]);
  });
});

const post = (headers: Record<string, string>, body = JSON.stringify(search)) =>
  fetch(`${gateway.url}/v1/tool-calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

const entries = async () => {
  const { rows } = await superuser.query<{ count: string }>(
    "SELECT count(*) FROM ledger_entry WHERE type LIKE 'call.%'",
  );
  return Number(rows[0]?.count);
};

describe('a caller without a name', () => {
  it.each([
    ['no token', {}],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a broken token', { authorization: 'Bearer abc' }],
    ['two tokens', { authorization: 'Bearer a, Bearer b' }],
  ])('with %s is 401 with a challenge, and only counted', async (_name, headers) => {
    const before = await entries();
    const response = await post(headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(
      /^Bearer .*resource_metadata="http:\/\/127\.0\.0\.1:\d+\/\.well-known\/oauth-protected-resource"$/,
    );
    expect(await entries()).toBe(before);
  });

  it('is 401 whatever else is wrong with the request', async () => {
    expect((await post({}, '{{{')).status).toBe(401);
    expect((await post({ authorization: 'Bearer abc' }, 'a'.repeat(2_000_000))).status).toBe(401);
  });

  it.each([{}, [], 7])('is 401 with a token whose jti is %j', async (jti) => {
    const aud = 'https://gatehouse.example.test';
    const token = await gateway.idp.accessToken({ sub: 'coder', aud, jti });
    expect((await post({ authorization: `Bearer ${token}` })).status).toBe(401);
  });

  it('whose good token is bound to no agent is 403, and only counted', async () => {
    const before = await entries();
    const response = await gateway.call('nobody', search);
    expect(response.status).toBe(403);
    expect(await json(response)).toMatchObject({ code: 'unbound_token' });
    expect(await entries()).toBe(before);
  });
});

const get = async (agent: string, path: string) =>
  fetch(`${gateway.url}${path}`, {
    headers: { authorization: `Bearer ${await gateway.token(agent)}` },
  });

describe('what an agent may see', () => {
  it('lists what it may call, with schemas, and nothing more', async () => {
    const body = await json(await get('coder', '/v1/tools'));
    expect((body['tools'] as { name: string }[]).map(({ name }) => name)).toEqual([
      'note',
      'refund',
      'search_tickets',
    ]);
    expect(await json(await get('outsider', '/v1/tools'))).toMatchObject({ tools: [] });
  });

  it('shows its own call, and nobody else’s', async () => {
    const { id } = (await json(await gateway.call('coder', search))) as { id: string };
    expect(await json(await get('coder', `/v1/tool-calls/${id}`))).toMatchObject({
      id,
      state: 'ended',
      decision: 'allow',
      outcome: 'succeeded',
    });
    expect((await get('outsider', `/v1/tool-calls/${id}`)).status).toBe(404);
    expect((await get('coder', '/v1/tool-calls/nope')).status).toBe(404);
  });
});

it('logs neither tokens nor arguments', async () => {
  const token = await gateway.token('coder');
  await gateway.call('coder', { ...search, arguments: { q: 'c4n4ry-argument' } });
  const logs = gateway.logs.join('');
  expect(logs).not.toContain('c4n4ry-argument');
  expect(logs).not.toContain(token.split('.')[1]);
});
