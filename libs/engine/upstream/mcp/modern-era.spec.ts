import type { Json, JsonObject } from '#libs/platform/kernel';
import { afterEach, describe, expect, it } from 'vitest';

import { createOutbound } from '../outbound/outbound.js';
import {
  LOOPBACK,
  type SeenRequest,
  sendJson,
  type SpecServer,
  startSpecServer,
} from '../fixtures/spec-server.js';
import { McpUpstream } from './mcp-upstream.js';

const VERSION = '2026-07-28';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** What 2026-07-28 obliges a server to reject: headers that are missing or disagree with the body. */
const mismatch = ({ headers, json }: SeenRequest): string | undefined => {
  const params = json['params'] as JsonObject;
  const meta = params['_meta'] as JsonObject;
  const { name } = params;
  const raw = String(headers['mcp-name'] ?? '');
  const coded = /^=\?base64\?(.*)\?=$/.exec(raw)?.[1];
  const sent = coded === undefined ? raw : Buffer.from(coded, 'base64').toString('utf8');
  if (headers['mcp-protocol-version'] !== VERSION) return 'version header';
  if (meta['io.modelcontextprotocol/protocolVersion'] !== VERSION) return 'version in _meta';
  if (typeof meta['io.modelcontextprotocol/clientCapabilities'] !== 'object') return 'capabilities';
  if (headers['mcp-method'] !== json['method']) return 'method';
  return (name ?? '') === sent ? undefined : 'name';
};

const setUp = async (
  result: (request: SeenRequest) => JsonObject,
  discover: JsonObject = { supportedVersions: [VERSION], capabilities: { tools: {} } },
): Promise<{ server: SpecServer; upstream: McpUpstream }> => {
  const server = await startSpecServer((request, response) => {
    const { id = null, method } = request.json;
    const fail = (code: number, status: number, data?: Json): void => {
      const error = { code, message: 'rejected', ...(data === undefined ? {} : { data }) };
      sendJson(response, { jsonrpc: '2.0', id, error }, status);
    };
    const wrong = method === 'initialize' ? undefined : mismatch(request);
    if (request.method !== 'POST') response.writeHead(405).end();
    else if (wrong !== undefined) fail(-32020, 400, wrong);
    else if (method === 'server/discover')
      sendJson(response, {
        jsonrpc: '2.0',
        id,
        result: { resultType: 'complete', ttlMs: 0, cacheScope: 'private', ...discover },
      });
    else if (method === 'tools/list' || method === 'tools/call')
      sendJson(response, {
        jsonrpc: '2.0',
        id,
        result: { resultType: 'complete', ...result(request) },
      });
    else fail(-32601, 404);
  });
  const outbound = createOutbound({ allow: LOOPBACK });
  const clientInfo = { name: 'gatehouse', version: '0' };
  const upstream = new McpUpstream(outbound, { url: `${server.origin}/mcp`, clientInfo });
  open.push(server, outbound, upstream);
  return { server, upstream };
};

const tool = (name: string, header: Json): JsonObject => ({
  name,
  inputSchema: {
    type: 'object',
    properties: { region: { type: 'string', 'x-mcp-header': header } },
  },
});

const base = { arguments: {}, session: 'a', timeoutMs: 1000 };

describe('an upstream of the modern era (2026-07-28)', () => {
  it.each(['plain', 'näme', ' padded ', '=?base64?eA==?=', 'a\r\nx-evil: 1'])(
    'is called without initialize or session, its headers agreeing with the body: %j',
    async (name) => {
      const { server, upstream } = await setUp(() => ({ content: [{ type: 'text', text: 'ok' }] }));
      expect(await upstream.callTool({ ...base, name })).toMatchObject({ isError: false });
      expect(server.seen.map(({ json }) => json['method'])).toEqual([
        'server/discover',
        'tools/call',
      ]);
      expect(server.seen.every(({ headers }) => !('mcp-session-id' in headers))).toBe(true);
      expect(server.seen.every(({ headers }) => !('x-evil' in headers))).toBe(true);
    },
  );

  it('lists page by page and leaves out a tool whose header declarations are malformed', async () => {
    const { upstream } = await setUp(({ json }) =>
      (json['params'] as JsonObject)['cursor'] === 'next'
        ? { tools: [tool('good', 'Region')] }
        : { tools: [tool('bad', 'two words'), tool('worse', 7)], nextCursor: 'next' },
    );
    const { tools, rejected } = await upstream.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['good']);
    expect(new Set(rejected.map(({ reason }) => reason))).toEqual(
      new Set(['its x-mcp-header declarations are malformed']),
    );
  });

  it('mirrors the arguments that the pinned schema declares into headers', async () => {
    const { server, upstream } = await setUp(() => ({ content: [] }));
    const inputSchema = {
      type: 'object',
      properties: {
        region: { type: 'string', 'x-mcp-header': 'Region' },
        deep: { type: 'object', properties: { n: { type: 'integer', 'x-mcp-header': 'N' } } },
        other: { type: 'string' },
      },
    };
    const args = { region: 'zürich', deep: { n: 7 }, other: 'x' };
    await upstream.callTool({ ...base, name: 'tool', arguments: args, inputSchema });
    const headers = server.seen.at(-1)?.headers ?? {};
    expect(headers['mcp-param-region']).toBe(
      `=?base64?${Buffer.from('zürich').toString('base64')}?=`,
    );
    expect(headers['mcp-param-n']).toBe('7');
    expect(headers).not.toHaveProperty('mcp-param-other');
  });

  it('turns a question back into an error that the agent can read', async () => {
    const { upstream } = await setUp(() => ({
      resultType: 'input_required',
      inputRequests: {},
      requestState: 'x',
    }));
    expect(await upstream.callTool({ ...base, name: 'tool' })).toMatchObject({ isError: true });
    const odd = await setUp(() => ({ resultType: 'task' }));
    await expect(odd.upstream.callTool({ ...base, name: 'tool' })).rejects.toMatchObject({
      effect: 'unknown',
    });
  });

  it('hands on structured content that is no object', async () => {
    const { upstream } = await setUp(() => ({ content: [], structuredContent: [1, 2] }));
    expect(await upstream.callTool({ ...base, name: 'tool' })).toEqual({
      content: [],
      structuredContent: [1, 2],
      isError: false,
    });
  });

  it('is rejected, with nothing sent, when it speaks only newer versions', async () => {
    const { upstream } = await setUp(() => ({}), { supportedVersions: ['2031-01-01'] });
    await expect(upstream.callTool({ ...base, name: 'tool' })).rejects.toMatchObject({
      effect: 'none',
    });
  });
});
