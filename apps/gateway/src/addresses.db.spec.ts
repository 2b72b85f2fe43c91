import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { routes } from './routes.js';

let database: TestDatabase;
let gateway: GatewayFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  gateway = await startGateway(database.appUrl);
});

afterAll(async () => {
  await gateway.stop();
  await database.drop();
});

/** Sends bytes as they are: `fetch` would put them right first. */
const raw = async (requestText: string): Promise<{ status: number; answer: string }> => {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  socket.end(requestText);
  const answer = await text(socket);
  return { status: Number(answer.split(' ')[1]), answer };
};

const head = (line: string, more: readonly string[] = []) =>
  [line, `Host: ${new URL(gateway.url).host}`, 'Connection: close', ...more, '', ''].join('\r\n');

const example = (path: string) => path.replace('{server}', 'helpdesk').replace('{id}', 'a-b');

describe('every route', () => {
  it.each(
    routes
      .filter(({ permission }) => permission === 'agent')
      .map((route) => [route.method, route.path]),
  )('%s %s is 401 without a token', async (method, path) => {
    const response = await fetch(`${gateway.url}${example(path)}`, {
      method,
      ...(method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}),
    });
    expect(response.status).toBe(401);
  });

  it.each(routes.filter(({ permission }) => permission === 'public').map((route) => [route.path]))(
    '%s says whose tokens are taken, to anybody',
    async (path) => {
      const response = await fetch(`${gateway.url}${example(path)}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        resource: `${gateway.url}${example(path).replace('/.well-known/oauth-protected-resource', '')}`,
        authorization_servers: [gateway.idp.issuer],
      });
    },
  );
});

it.each([
  ['/mcp', '/mcp'],
  ['/mcp/helpdesk', '/mcp/helpdesk'],
  ['/v1/tool-calls', ''],
])('%s points a caller without a token to its own metadata', async (path, resource) => {
  const response = await fetch(`${gateway.url}${path}`, { method: 'POST', body: '{}' });
  const metadata = `${gateway.url}/.well-known/oauth-protected-resource${resource}`;
  expect(response.headers.get('www-authenticate')).toBe(`Bearer resource_metadata="${metadata}"`);
  const answer = (await (await fetch(metadata)).json()) as { resource: string };
  expect(answer.resource).toBe(`${gateway.url}${resource}`);
});

describe('an address in another spelling', () => {
  it.each([
    '/MCP',
    '/mcp/',
    '//mcp',
    '/mcp;x=1',
    '/mcp/helpdesk;x',
    '/mcp/helpdesk/',
    '/mcp/help%64esk',
    '/mcp/..%2fv1/tools',
    '/mcp/../v1/tools',
    '/./v1/tools',
    '/v1//tools',
    '/V1/tools',
    '/v1/tools/',
    '/v1/tools;',
    '/v1/tools%20',
    '/v1/tools%00',
    '/%76%31/tools',
    '/v1\\tools',
    '/v1/tool-calls/',
    '/v1/tool-calls/A',
    '/v1/tool-calls/a/b',
    '/health/ready',
    '/',
    '*',
    'http://127.0.0.1/v1/tools',
  ])('is nothing: %s', async (path) => {
    const method = path.toLowerCase().startsWith('/mcp') ? 'POST' : 'GET';
    const { status, answer } = await raw(head(`${method} ${path} HTTP/1.1`));
    expect(status).toBe(404);
    expect(answer).toContain('application/problem+json');
  });
});

const host = () => new URL(gateway.url).host;

const request = (...lines: string[]) => raw([...lines, '', ''].join('\r\n'));

describe('the listener', () => {
  it('answers under its own names only', async () => {
    for (const name of ['evil.example', `${host()}.evil.example`, 'localhost:1', '']) {
      const { status, answer } = await request(
        'GET /v1/tools HTTP/1.1',
        `Host: ${name}`,
        'Connection: close',
      );
      expect(status).toBe(421);
      expect(answer).toContain('use the address in PUBLIC_URL');
    }
    const { status } = await request(
      'GET /v1/tools HTTP/1.1',
      `Host: ${host()}`,
      'Host: evil.example',
      'Connection: close',
    );
    expect([400, 421]).toContain(status);
  });

  it('takes nothing from other sites’ pages', async () => {
    for (const origin of ['https://evil.example', 'null', `${gateway.url}.evil.example`])
      expect((await raw(head('GET /v1/tools HTTP/1.1', [`Origin: ${origin}`]))).status).toBe(403);
    expect((await raw(head('GET /v1/tools HTTP/1.1', [`Origin: ${gateway.url}`]))).status).toBe(
      401,
    );
  });

  it.each([
    ['two lengths', ['Content-Length: 4', 'Content-Length: 5']],
    ['a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
    ['an unknown coding', ['Transfer-Encoding: xchunked']],
    ['a coding before chunks', ['Transfer-Encoding: identity, chunked']],
    ['compressed chunks', ['Transfer-Encoding: gzip, chunked']],
    ['chunks twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    ['a coding after chunks', ['Transfer-Encoding: chunked, identity']],
    ['no coding by name', ['Transfer-Encoding: identity']],
    ['an empty coding', ['Transfer-Encoding:']],
    ['the same length twice', ['Content-Length: 4', 'Content-Length: 4']],
    ['a list of lengths', ['Content-Length: 4, 4']],
    ['a signed length', ['Content-Length: +4']],
    ['a space before the colon', ['Content-Length : 4']],
    ['a folded header', ['X-A: b', ' c']],
    ['a bare NUL', ['X-A: b\0c']],
  ])('rejects a request with %s', async (_name, lines) => {
    const { status } = await raw(
      head('POST /v1/tool-calls HTTP/1.1', ['Content-Type: application/json', ...lines]) + 'abcd',
    );
    expect(status).toBe(400);
  });

  it.each([
    ['Transfer-Encoding: identity, chunked'],
    ['Transfer-Encoding: gzip, chunked'],
    ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
    ['Transfer-Encoding: identity', 'Transfer-Encoding: chunked'],
  ])('reads nothing after a request whose end is in doubt (G12): %s', async (...codings) => {
    const smuggled = head('GET /nope HTTP/1.1');
    const line = 'POST /v1/tool-calls HTTP/1.1';
    const type = 'Content-Type: application/json';
    const lines = [line, `Host: ${host()}`, type, ...codings, '', `0\r\n\r\n${smuggled}`];
    const { status, answer } = await raw(lines.join('\r\n'));
    expect(status).toBe(400);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  it('takes no chunks from HTTP/1.0, which has none (G12)', async () => {
    const old = head('POST /v1/tool-calls HTTP/1.0', ['Transfer-Encoding: chunked']);
    expect((await raw(`${old}0\r\n\r\n`)).status).toBe(400);
  });

  it('rejects a line that ends in a bare line feed (G12)', async () => {
    const { status } = await raw(`GET /v1/tools HTTP/1.1\nHost: ${host()}\nConnection: close\n\n`);
    expect(status).toBe(400);
    const mixed = `GET /v1/tools HTTP/1.1\r\nHost: ${host()}\r\nX-A: b\nX-B: c\r\n\r\n`;
    expect((await raw(mixed)).status).toBe(400);
  });

  it('takes chunks alone', async () => {
    const lines = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
    const chunked = head('POST /v1/tool-calls HTTP/1.1', lines);
    expect((await raw(`${chunked}2\r\n{}\r\n0\r\n\r\n`)).status).toBe(401);
  });

  it('answers HEAD as GET without its body, and 405 where there is no GET', async () => {
    const path = '/.well-known/oauth-protected-resource';
    const got = await raw(head(`GET ${path} HTTP/1.1`));
    const headed = await raw(head(`HEAD ${path} HTTP/1.1`));
    const [gotHead = '', body] = got.answer.replace(/date: .*\r\n/i, '').split('\r\n\r\n');
    expect(body).not.toBe('');
    expect(headed.answer.replace(/date: .*\r\n/i, '')).toBe(`${gotHead}\r\n\r\n`);
    expect((await raw(head('HEAD /v1/tools HTTP/1.1'))).status).toBe(401);
    const { status, answer } = await raw(head('HEAD /mcp HTTP/1.1'));
    expect(status).toBe(405);
    expect(answer).toMatch(/\r\nallow: POST, GET, DELETE\r\n/i);
    const wrong = await raw(head('DELETE /v1/tools HTTP/1.1'));
    expect(wrong.answer).toMatch(/\r\nallow: GET, HEAD\r\n/i);
  });

  it('shows no stack, no path of ours and no version of its software', async () => {
    const { answer } = await raw(head('GET /nope HTTP/1.1'));
    expect(answer).not.toMatch(/ at .*\d+:\d+|\/work\/|node_modules|x-powered-by|node\.js/i);
  });
});
