import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { createOutbound, type Outbound } from '#libs/engine/upstream';
import { discoveredOverMcp } from './discovered-tools.js';

const PAGE_SIZE = 20;
let outbound: Outbound;
let upstream: Server;
let url: string;
let tools: Json[] = [];
/** The result of a list, byte for byte, where it is not made of `tools`. */
let raw: string | null = null;

// As much of MCP 2025-11-25 as a list of tools needs, a page at a time.
const answerTo = (method: string, cursor: string | undefined): Json => {
  if (method === 'initialize')
    return {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'spec', version: '1' },
    };
  const from = Number(cursor ?? 0);
  const next = from + PAGE_SIZE;
  return {
    tools: tools.slice(from, next),
    ...(next < tools.length ? { nextCursor: String(next) } : {}),
  };
};

beforeAll(async () => {
  outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  upstream = createServer((request, response) => {
    void text(request).then((body) => {
      const message = JSON.parse(body === '' ? '{}' : body) as {
        id?: number;
        method: string;
        params?: { cursor?: string };
      };
      if (message.id === undefined) return response.writeHead(202).end();
      const { id, method, params } = message;
      const error = { code: -32601, message: 'Method not found' };
      const outcome =
        method === 'server/discover' ? { error } : { result: answerTo(method, params?.cursor) };
      response.writeHead(200, { 'content-type': 'application/json' });
      if (method === 'tools/list' && raw !== null)
        return response.end(`{"jsonrpc":"2.0","id":${id},"result":${raw}}`);
      return response.end(JSON.stringify({ jsonrpc: '2.0', id, ...outcome }));
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/mcp`;
});
afterAll(async () => {
  await outbound.close();
  upstream.closeAllConnections();
  upstream.close();
});

const tool = (name: string, over: JsonObject = {}): JsonObject => ({
  name,
  inputSchema: { type: 'object' },
  ...over,
});

describe('what an MCP server offers', () => {
  it('leaves out a definition that has no canonical form, and only that one', async () => {
    tools = [tool('good'), tool('half', { description: '\ud800' })];
    const offer = await discoveredOverMcp(outbound, url);
    expect(offer.tools.map(({ name }) => name)).toEqual(['good']);
    expect(offer.rejected).toEqual([
      {
        name: 'half',
        reason: 'its definition holds a character or number that cannot be stored',
      },
    ]);
  });

  it.each<[string, Json]>([
    ['its "name" is malformed', tool('')],
    ['its "name" is malformed', tool('n'.repeat(129))],
    ['its "name" is malformed', { name: 7, inputSchema: {} }],
    ['its "name" is malformed', { inputSchema: {} }],
    ['its "inputSchema" is malformed', { name: 'bad', inputSchema: 'text' }],
    ['its "description" is malformed', tool('bad', { description: {} })],
    ['its "" is malformed', null],
    ['its definition cannot be stored: x-gatehouse-exact-number is a name of ours', tool('bad', { annotations: { 'x-gatehouse-exact-number': '1' } })],
  ])('is listed without the one that is malformed, which is said: %s', async (reason, bad) => {
    tools = [tool('one'), bad, tool('two')];
    const offer = await discoveredOverMcp(outbound, url);
    expect(offer.tools.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(offer.rejected).toEqual([{ name: expect.any(String) as string, reason }]);
  }); // prettier-ignore

  it('keeps the digits of its numbers, and their digest tells one from another', async () => {
    const big = (digits: string) => ({ 'x-gatehouse-exact-number': digits });
    const digests = new Set<string>();
    for (const digits of ['1908736452817364529', '1908736452817364530', '1908736452817364528']) {
      raw = `{"tools":[{"name":"t","inputSchema":{"type":"object","const":${digits},"minimum":1.0}}]}`;
      const [found] = (await discoveredOverMcp(outbound, url)).tools;
      expect(found?.inputSchema).toEqual({ type: 'object', const: big(digits), minimum: 1 });
      digests.add(found?.definitionDigest ?? '');
    }
    raw = null;
    expect(digests.size).toBe(3);
  });

  it('is rejected when its definitions are a library together', async () => {
    const words = 'x'.repeat(95_000);
    const large = (index: number) =>
      tool(`t${index}`, { description: words, annotations: { more: words } });
    tools = Array.from({ length: 80 }, (_, index) => large(index));
    expect((await discoveredOverMcp(outbound, url)).tools).toHaveLength(80);
    tools = Array.from({ length: 90 }, (_, index) => large(index));
    await expect(discoveredOverMcp(outbound, url)).rejects.toMatchObject({
      code: 'invalid_input',
      message: "The tools' definitions have more than 16777216 characters together.",
    });
  });
});
