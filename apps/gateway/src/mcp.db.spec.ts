import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { startEverything } from './fixtures/everything.fixture.js';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { startOfficialClient, type OfficialClient } from './fixtures/official-client.fixture.js';

let database: TestDatabase;
let everything: Awaited<ReturnType<typeof startEverything>>;
let gateway: GatewayFixture;

beforeAll(async () => {
  [database, everything] = await Promise.all([createTestDatabase(), startEverything()]);
  gateway = await startGateway(database.appUrl, { mcpUrl: everything.url });
});

afterAll(async () => {
  await gateway.stop();
  await everything.stop();
  await database.drop();
});

const clients: OfficialClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
});

const connect = async (agent: string, path: string, mode: 'legacy' | 'auto') => {
  const client = startOfficialClient(`${gateway.url}${path}`, await gateway.token(agent), mode);
  clients.push(client);
  return { ...client, version: await client.connect() };
};

describe.each([
  ['2025-11-25', 'legacy'],
  ['2026-07-28', 'auto'],
] as const)('the official client speaking %s', (version, mode) => {
  it('lists what its agent may call, and calls it', async () => {
    const client = await connect('coder', '/mcp', mode);
    expect(client.version).toBe(version);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'everything__echo',
      'everything__get-sum',
      'helpdesk__note',
      'helpdesk__refund',
      'helpdesk__search_tickets',
    ]);
    const call = { name: 'everything__get-sum', arguments: { a: 2, b: 40 } };
    const sum = await client.callTool(call);
    expect(sum.isError).toBe(false);
    expect(JSON.stringify(sum.content)).toContain('42');
    expect(JSON.stringify(sum)).not.toContain('gatehouse');
    const asked = await client.callTool({ ...call, _meta: { 'io.gatehouse/decision': true } });
    expect(asked._meta?.['io.gatehouse/decision']).toMatchObject({
      effect: 'allow',
      outcome: 'succeeded',
    });
  });

  it('finds one tool server’s tools under their own names', async () => {
    const client = await connect('coder', '/mcp/everything', mode);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['echo', 'get-sum']);
    const echo = await client.callTool({ name: 'echo', arguments: { message: 'grüß dich' } });
    expect(JSON.stringify(echo.content)).toContain('grüß dich');
  });

  it('is told why a call was denied, and what would help', async () => {
    const client = await connect('coder', '/mcp', mode);
    const result = await client.callTool({
      name: 'helpdesk__refund',
      arguments: { ticket: 't', amount: 101 },
    });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain('Ask a colleague in support.');
    expect(result._meta?.['io.gatehouse/decision']).toMatchObject({
      effect: 'deny',
      rule: 'no-large-refunds',
    });
    expect(gateway.rest.seen).toEqual([]);
  });

  it('is told which arguments are wrong', async () => {
    const client = await connect('coder', '/mcp', mode);
    const result = await client.callTool({ name: 'everything__get-sum', arguments: { a: 'x' } });
    expect(result.isError).toBe(true);
    expect(result._meta?.['io.gatehouse/error']).toMatchObject({ code: 'invalid_arguments' });
  });

  it('cannot tell a tool it may not list from one that does not exist', async () => {
    const client = await connect('outsider', '/mcp', mode);
    expect((await client.listTools()).tools).toEqual([]);
    for (const name of ['everything__echo', 'everything__nope', 'nope', 'nope__echo'])
      await expect(client.callTool({ name, arguments: { message: 1 } })).rejects.toMatchObject({
        code: -32602,
        message: expect.stringMatching(
          `Unknown tool: ${name}\\. It does not exist, or this agent may not use it; list the tools to see which it may\\.$`,
        ) as string,
      });
  });

  it('is turned away with a bad token', async () => {
    const client = startOfficialClient(`${gateway.url}/mcp`, 'nope', mode);
    clients.push(client);
    await expect(client.connect()).rejects.toThrow(/401|not a signed JWT/);
  });
});

describe('the caller’s token', () => {
  it('is never in what the tool server sees, wherever the caller put it', async () => {
    const client = await connect('coder', '/mcp', 'auto');
    const canary = 'c4n4ry-token';
    await client.callTool({
      name: 'helpdesk__search_tickets',
      arguments: { q: 'x' },
      _meta: { authorization: canary, 'example.test/token': canary, progressToken: canary },
    });
    expect(gateway.rest.seen).toHaveLength(1);
    expect(JSON.stringify(gateway.rest.seen)).not.toContain(canary);
  });
});

const MODERN = '2026-07-28';
const meta = (version: string = MODERN) => ({
  _meta: {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientCapabilities': {},
  },
});
const rpc = (method: string, params: object = {}, id: unknown = 1) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

const post = async (body: unknown, headers: Record<string, string> = {}, path = '/mcp') => {
  const response = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await gateway.token('coder')}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as {
    id?: unknown;
    result?: Record<string, unknown>;
    error?: { code: number; data?: unknown };
  };
  return { status: response.status, ...answer, headers: response.headers };
};

const modern = (method: string, name?: string) => ({
  'mcp-protocol-version': MODERN,
  'mcp-method': method,
  ...(name === undefined ? {} : { 'mcp-name': name }),
});

describe('the modern era', () => {
  const call = rpc('tools/call', {
    name: 'everything__echo',
    arguments: { message: 'x' },
    ...meta(),
  });

  it('answers server/discover and lists privately', async () => {
    const discover = await post(rpc('server/discover', meta()), modern('server/discover'));
    expect(discover).toMatchObject({
      status: 200,
      result: { resultType: 'complete', cacheScope: 'private', capabilities: { tools: {} } },
    });
    const list = await post(rpc('tools/list', meta()), modern('tools/list'));
    expect(list.result).toMatchObject({ resultType: 'complete', cacheScope: 'private' });
  });

  it('takes a name in its encoded form', async () => {
    const name = `=?base64?${Buffer.from('everything__echo').toString('base64')}?=`;
    expect((await post(call, modern('tools/call', name))).status).toBe(200);
  });

  const BROKEN: readonly [string, object, Record<string, string>, number, number][] = [
    [
      'no version header',
      call,
      { 'mcp-method': 'tools/call', 'mcp-name': 'everything__echo' },
      400,
      -32020,
    ],
    [
      'no method header',
      call,
      { 'mcp-protocol-version': MODERN, 'mcp-name': 'everything__echo' },
      400,
      -32020,
    ],
    ['no name header', call, modern('tools/call'), 400, -32020],
    ['another method in the header', call, modern('tools/list', 'everything__echo'), 400, -32020],
    ['the method in another case', call, modern('Tools/Call', 'everything__echo'), 400, -32020],
    ['another name in the header', call, modern('tools/call', 'helpdesk__refund'), 400, -32020],
    ['a name of broken base64', call, modern('tools/call', '=?base64?!!!?='), 400, -32020],
    [
      'an older version in the header',
      call,
      { ...modern('tools/call', 'everything__echo'), 'mcp-protocol-version': '2025-11-25' },
      400,
      -32020,
    ],
    [
      'a version nobody speaks',
      rpc('tools/list', meta('2099-01-01')),
      { ...modern('tools/list'), 'mcp-protocol-version': '2099-01-01' },
      400,
      -32022,
    ],
    ['no _meta', rpc('tools/list'), modern('tools/list'), 400, -32602],
    [
      'no capabilities',
      rpc('tools/list', { _meta: { 'io.modelcontextprotocol/protocolVersion': MODERN } }),
      modern('tools/list'),
      400,
      -32602,
    ],
    [
      'a version that is no text',
      rpc('tools/list', {
        _meta: { ...meta()._meta, 'io.modelcontextprotocol/protocolVersion': 1 },
      }),
      modern('tools/list'),
      400,
      -32602,
    ],
    ['initialize', rpc('initialize', meta()), modern('initialize'), 404, -32601],
    ['an unknown method', rpc('resources/list', meta()), modern('resources/list'), 404, -32601],
    [
      'a method of Object.prototype',
      rpc('constructor', meta()),
      modern('constructor'),
      404,
      -32601,
    ],
  ];

  it.each(BROKEN)('rejects %s', async (_name, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect({ status: answer.status, code: answer.error?.code, id: answer.id }).toEqual({
      status,
      code,
      id: 1,
    });
  });

  it('says which versions it speaks', async () => {
    const answer = await post(rpc('tools/list', meta('2099-01-01')), {
      ...modern('tools/list'),
      'mcp-protocol-version': '2099-01-01',
    });
    expect(answer.error?.data).toMatchObject({
      supported: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'],
      requested: '2099-01-01',
    });
  });
});

describe('the legacy era', () => {
  const initialize = (protocolVersion: unknown) =>
    post(
      rpc('initialize', {
        protocolVersion,
        capabilities: {},
        clientInfo: { name: 'x', version: '1' },
      }),
    );

  it.each([
    ['2025-11-25', '2025-11-25'],
    ['2025-06-18', '2025-06-18'],
    ['2025-03-26', '2025-03-26'],
    ['2024-11-05', '2025-11-25'],
    ['2026-07-28', '2025-11-25'],
  ])('agree on a version with a client of %s', async (requested, agreed) => {
    const answer = await initialize(requested);
    expect(answer.result).toMatchObject({ protocolVersion: agreed });
    expect(answer.headers.get('mcp-session-id')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('answer ping, and 202 to notifications', async () => {
    expect((await post(rpc('ping'))).result).toEqual({});
    const notification = { jsonrpc: '2.0', method: 'notifications/initialized' };
    expect((await post(notification, { 'mcp-protocol-version': '2025-11-25' })).status).toBe(202);
  });

  it('do not run a tool for a notification', async () => {
    const before = gateway.rest.seen.length;
    const { id: _, ...call } = rpc('tools/call', {
      name: 'helpdesk__search_tickets',
      arguments: { q: 'x' },
    });
    expect((await post(call)).status).toBe(202);
    expect(gateway.rest.seen).toHaveLength(before);
  });

  const BROKEN: readonly [string, unknown, Record<string, string>, number, number][] = [
    ['a batch', [rpc('ping'), rpc('ping')], {}, 400, -32600],
    ['an empty batch', [], {}, 400, -32600],
    ['no jsonrpc', { id: 1, method: 'ping' }, {}, 400, -32600],
    ['jsonrpc 1.0', { ...rpc('ping'), jsonrpc: '1.0' }, {}, 400, -32600],
    ['a null id', rpc('ping', {}, null), {}, 400, -32600],
    ['an id that is a fraction', rpc('ping', {}, 1.5), {}, 400, -32600],
    ['an id that is an object', rpc('ping', {}, {}), {}, 400, -32600],
    ['an answer', { jsonrpc: '2.0', id: 1, result: {} }, {}, 400, -32600],
    ['params that are a list', { ...rpc('ping'), params: [] }, {}, 400, -32600],
    ['a number', 7, {}, 400, -32600],
    ['no JSON', '{{{', {}, 400, -32700],
    [
      'a duplicate key',
      '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/list"}',
      {},
      400,
      -32700,
    ],
    ['two megabytes', JSON.stringify(rpc('ping', { a: 'a'.repeat(2_000_000) })), {}, 413, -32700],
    ['a version nobody speaks', rpc('ping'), { 'mcp-protocol-version': '1999-01-01' }, 400, -32022],
    ['an unknown method', rpc('resources/list'), {}, 200, -32601],
    ['a method of Object.prototype', rpc('__proto__'), {}, 200, -32601],
    ['no name of a tool', rpc('tools/call', {}), {}, 200, -32602],
    ['arguments that are a list', rpc('tools/call', { name: 'x', arguments: [] }), {}, 200, -32602],
    ['a cursor of its own', rpc('tools/list', { cursor: 'x' }), {}, 200, -32602],
    ['initialize without a version', rpc('initialize'), {}, 200, -32602],
    ['another content type', rpc('ping'), { 'content-type': 'text/plain' }, 415, -32600],
    ['an encoding', rpc('ping'), { 'content-encoding': 'gzip' }, 415, -32600],
    ['no JSON accepted', rpc('ping'), { accept: 'text/event-stream' }, 406, -32600],
  ];

  it.each(BROKEN)('reject %s', async (_name, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect({ status: answer.status, code: answer.error?.code }).toEqual({ status, code });
  });

  it.each([
    ['GET', {}, 'POST'],
    ['DELETE', {}, 'POST'],
    ['GET', { 'mcp-protocol-version': MODERN, 'mcp-session-id': 'x' }, 'POST'],
    ['DELETE', { 'mcp-protocol-version': MODERN, 'mcp-session-id': 'x' }, 'POST'],
    ['PUT', {}, 'POST, GET, DELETE'],
    ['OPTIONS', {}, 'POST, GET, DELETE'],
  ])('have no %s outside of a session (%j)', async (method, headers, allow) => {
    const response = await fetch(`${gateway.url}/mcp`, {
      method,
      headers: { authorization: `Bearer ${await gateway.token('coder')}`, ...headers },
    });
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
      status: 405,
      allow,
    });
  });

  it('turn a suspended agent away with 403, and a missing token with 401 and a challenge', async () => {
    const suspended = await post(rpc('tools/list'), {
      authorization: `Bearer ${await gateway.token('sleeper')}`,
    });
    expect(suspended).toMatchObject({ status: 403, error: { data: { code: 'agent_not_active' } } });
    const nameless = await post(rpc('tools/list'), { authorization: '' });
    expect(nameless.status).toBe(401);
    expect(nameless.headers.get('www-authenticate')).toContain('resource_metadata=');
  });
});
