import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { Visitor } from './fixtures/visitor.js';

let database: TestDatabase;
let gate: TestApi;
let upstream: Server;
let origin: string;
let says: { status: number; methods: string[] };

const TOOLS = [
  { name: 'look', inputSchema: { type: 'object' } },
  { name: 'two words', inputSchema: { type: 'object' } },
];
const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: { '/notes': { get: { operationId: 'list', responses: { 200: { description: 'ok' } } } } },
};
const RESULTS: Readonly<Record<string, object>> = {
  initialize: {
    protocolVersion: '2025-11-25',
    capabilities: { tools: {} },
    serverInfo: { name: 'spec\u202eserver', version: '1.2' },
  },
  'tools/list': { tools: TOOLS },
};

beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  upstream = createServer((request, response) => {
    void text(request).then((body) => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/openapi.json') return response.end(JSON.stringify(DOCUMENT));
      const { id, method = '' } = JSON.parse(body === '' ? '{}' : body) as {
        id?: number;
        method?: string;
      };
      says.methods.push(method === '' ? String(request.method) : method);
      if (says.status !== 200) return response.writeHead(says.status).end('secret of the host');
      if (id === undefined) return response.writeHead(202).end();
      if (method === 'initialize') response.setHeader('mcp-session-id', 's1');
      const result = RESULTS[method];
      const error = { code: -32601, message: 'Method not found' };
      const outcome = result === undefined ? { error } : { result };
      return response.end(JSON.stringify({ jsonrpc: '2.0', id, ...outcome }));
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterAll(async () => {
  upstream.closeAllConnections();
  upstream.close();
  await gate.close();
  await database.drop();
});

let itPerson: Visitor;
beforeEach(async () => {
  says = { status: 200, methods: [] };
  itPerson = (await signedInAs(gate, 'it')).visitor;
});

const test = (body: object, visitor = itPerson) =>
  answerOf(visitor.write('POST', '/api/v1/tool-servers/test', body));

describe('testing the connection of a tool server', () => {
  it('says what it is and what could be pinned, ends its sessions, and keeps nothing', async () => {
    const count = () =>
      Promise.all([gate.db.toolServer.count(), gate.db.tool.count(), gate.db.outbox.count()]);
    const before = await count();
    const { status, body } = await test({ kind: 'mcp', url: `${origin}/mcp` });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        ok: true,
        problem: null,
        protocolVersion: '2025-11-25',
        serverName: 'specserver',
        serverVersion: '1.2',
        toolCount: 1,
        leftOutCount: 1,
        leftOut: [
          {
            name: 'two words',
            reason: 'its name has characters other than letters, digits and _ . -',
          },
        ],
      },
    });
    const counted = (name: string) => says.methods.filter((method) => method === name).length;
    expect(counted('DELETE')).toBe(counted('initialize'));
    expect(await count()).toEqual(before);
  });

  it('reads the document of a REST service', async () => {
    const rest = { kind: 'rest', url: origin, openapiUrl: `${origin}/openapi.json` };
    expect((await test(rest)).body).toMatchObject({
      ok: true,
      toolCount: 1,
      protocolVersion: null,
    });
    expect((await test({ ...rest, openapiUrl: `${origin}/mcp` })).body).toMatchObject({
      ok: false,
      problem: expect.stringContaining('HTTP 202') as string,
    });
  });

  it.each([500, 404, 401])(
    'says in words why it fails (%i), and nothing of the body',
    async (code) => {
      says.status = code;
      const { status, body } = await test({ kind: 'mcp', url: `${origin}/mcp` });
      expect({ status, ok: body['ok'] }).toEqual({ status: 200, ok: false });
      expect(body['problem']).toMatch(/tool server/i);
      expect(JSON.stringify(body)).not.toContain('secret');
    },
  );

  it.each([
    ['a private address', { kind: 'mcp', url: 'http://10.0.0.1/mcp' }, 'url'],
    ['a metadata address', { kind: 'mcp', url: 'http://169.254.169.254/' }, 'url'],
    ['a REST service without a document', { kind: 'rest', url: 'http://x.test/' }, 'openapiUrl'],
    [
      'a document at a metadata address',
      { kind: 'rest', url: 'http://127.0.0.1/', openapiUrl: 'http://169.254.169.254/' },
      'openapiUrl',
    ],
  ])('rejects %s', async (_, body, path) => {
    const answer = await test(body);
    expect(answer).toMatchObject({ status: 400, body: { problems: [{ path }] } });
    expect(says.methods).toEqual([]);
  });

  it.each(['security', 'developer', 'grc', 'office'] as const)('is not for %s', async (role) => {
    const { visitor } = await signedInAs(gate, role);
    expect((await test({ kind: 'mcp', url: `${origin}/mcp` }, visitor)).status).toBe(403);
    expect(says.methods).toEqual([]);
  });

  it('is bounded for each person', async () => {
    says.status = 404;
    const statuses: number[] = [];
    for (let n = 0; n < 22; n += 1)
      statuses.push((await test({ kind: 'mcp', url: `${origin}/mcp` })).status);
    expect(statuses).toEqual([...Array<number>(20).fill(200), 429, 429]);
  });
});
