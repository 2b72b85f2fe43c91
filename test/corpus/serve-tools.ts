import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { JsonObject } from '#libs/platform/kernel';

/** An MCP server that offers some tools, and does nothing else. */
export interface ServedTools {
  url: string;
  offer(tools: readonly JsonObject[]): void;
  close(): void;
}

/** Starts an MCP server that lists what it is given, as it is given. */
export const serveTools = async (): Promise<ServedTools> => {
  let offered: readonly JsonObject[] = [];
  const answer = (method: string): JsonObject => {
    if (method === 'initialize')
      return {
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 'corpus', version: '1' },
      };
    return { tools: [...offered] };
  };
  const http = createServer((request, response) => {
    void text(request).then((body) => {
      const { id, method } = JSON.parse(body === '' ? '{}' : body) as {
        id?: number;
        method: string;
      };
      if (id === undefined) return response.writeHead(202).end();
      const outcome =
        method === 'server/discover'
          ? { error: { code: -32601, message: 'Method not found' } }
          : { result: answer(method) };
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ jsonrpc: '2.0', id, ...outcome }));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const close = (): void => {
    http.closeAllConnections();
    http.close();
  };
  return { url: `http://127.0.0.1:${port}/mcp`, offer: (tools) => (offered = tools), close };
};
