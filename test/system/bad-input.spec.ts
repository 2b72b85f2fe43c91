import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentClient, type AgentClient } from '../support/agent-client.js';
import { startInstallation, type Installation } from '../support/installation.js';

let site: Installation;
let agent: AgentClient;

beforeAll(async () => {
  site = await startInstallation();
  agent = await agentClient(site, 'coding-agent');
});

afterAll(async () => {
  await site.stop();
});

interface Answer {
  status: number;
  type: string;
  text: string;
  headers: Headers;
}

const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
  const answer = await fetch(`${site.publicUrl}${path}`, { redirect: 'manual', ...init });
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, text: await answer.text(), headers: answer.headers };
};

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(path, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${agent.token}`,
      ...headers,
    },
  });

// fetch tidies paths up; an attacker does not.
const rawStatus = (path: string, host = `localhost:${site.port}`): Promise<number> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: site.port, path, headers: { host }, setHost: false },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    request.once('error', reject);
    request.end();
  });

const LEAKS = /\bat .+\.(ts|js|mjs):\d+|SELECT |INSERT |prisma|node_modules|ECONN|Bearer ey/i;

describe('POST /v1/tool-calls', () => {
  it.each([
    ['no JSON', '{', 400],
    ['an array', '[]', 400],
    ['no tool', '{"server":"everything","arguments":{}}', 400],
    ['an unknown member', '{"server":"everything","tool":"echo","arguments":{},"sudo":true}', 400],
    ['a key twice', '{"server":"everything","tool":"echo","tool":"add","arguments":{}}', 400],
    [
      'a number that cannot be held',
      '{"server":"everything","tool":"echo","arguments":{"message":9007199254740993}}',
      400,
    ],
    [
      'an infinite number',
      '{"server":"everything","tool":"echo","arguments":{"message":1e400}}',
      400,
    ],
    [
      'a lone surrogate',
      '{"server":"everything","tool":"echo","arguments":{"message":"\\ud800"}}',
      400,
    ],
    ['a missing argument', '{"server":"everything","tool":"echo","arguments":{}}', 400],
    ['a wrong type', '{"server":"everything","tool":"echo","arguments":{"message":1}}', 400],
    [
      'an undeclared argument',
      '{"server":"everything","tool":"echo","arguments":{"message":"x","y":1}}',
      400,
    ],
    [
      '100 levels',
      `{"server":"everything","tool":"echo","arguments":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`,
      400,
    ],
    [
      'two megabytes',
      JSON.stringify({
        server: 'everything',
        tool: 'echo',
        arguments: { message: 'x'.repeat(2_000_000) },
      }),
      413,
    ],
    [
      'another server',
      '{"server":"helpdesk","tool":"search_tickets","arguments":{"query":"x"}}',
      403,
    ],
    [
      'a bare name to act for',
      '{"server":"everything","tool":"echo","arguments":{"message":"x"},"onBehalfOf":"it@example.test"}',
      403,
    ],
  ])('answers %s with a problem of its own', async (_, body, status) => {
    const answer = await post('/v1/tool-calls', body);
    expect(answer.status).toBe(status);
    expect(answer.type).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(answer.text)).toMatchObject({ status, code: expect.any(String) as string });
    expect(answer.text).not.toMatch(LEAKS);
  });

  it.each([
    ['no token', {}],
    ['an empty token', { authorization: 'Bearer ' }],
    ['no JWT', { authorization: 'Bearer abc.def.ghi' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
  ])('answers %s with 401 and where to get one', async (_, headers) => {
    const body = '{"server":"everything","tool":"echo","arguments":{"message":"x"}}';
    const answer = await send('/v1/tool-calls', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer .*resource_metadata="/);
  });

  it('answers a token whose signature was changed with 401, and never repeats it', async () => {
    const broken = `${agent.token.slice(0, -6)}AAAAAA`;
    const answer = await post('/v1/tool-calls', '{}', { authorization: `Bearer ${broken}` });
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(broken.slice(0, 40));
  });
});

describe('/mcp', () => {
  it.each([
    ['no JSON', '{', 400],
    ['a number', '1', 400],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"resources/list"}', 200],
  ])('answers %s with a JSON-RPC error', async (_, body, status) => {
    const answer = await post('/mcp', body, { 'mcp-protocol-version': '2025-11-25' });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toHaveProperty('error.code');
    expect(answer.text).not.toMatch(LEAKS);
  });

  it.each(['GET', 'DELETE', 'PUT'])('answers %s with 405', async (method) => {
    const answer = await send('/mcp', {
      method,
      headers: { authorization: `Bearer ${agent.token}` },
    });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toContain('POST');
  });
});

describe('every listener', () => {
  it.each([
    '/mcp/../v1/tools',
    '/MCP',
    '//mcp',
    '/%6dcp',
    '/v1%2ftools',
    '/v1/tools;a=b',
    '/api/v1/agents/',
    '/API/agents',
    '/api//agents',
    '/api/%61gents',
    '/api/v1/agents;x',
    '/api/v1/nothing',
    '/scim/v2/Users',
    '/oauth/token',
    '/.env',
  ])('rejects %s without a token', async (path) => {
    expect(await rawStatus(path)).toBeGreaterThanOrEqual(400);
  });

  it.each(['/', '/api/v1/session', '/v1/tools', '/mcp'])(
    'answers no other Host on %s',
    async (path) => {
      expect(await rawStatus(path, 'evil.example')).toBeGreaterThanOrEqual(400);
    },
  );

  it('rejects a foreign Origin', async () => {
    const answer = await post('/mcp', '{}', { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
  });
});

describe('what the process printed during all of this', () => {
  it('holds no token, no stack and no SQL', () => {
    // The start prints one token on purpose, in the lines that tell what to do next.
    const [, afterwards] = site.output().split('Ctrl-C stops everything.');
    expect(afterwards).not.toMatch(LEAKS);
    expect(afterwards).not.toContain(agent.token.slice(0, 60));
  });
});
