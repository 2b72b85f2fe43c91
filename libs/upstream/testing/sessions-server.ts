import type { ServerResponse } from 'node:http';

import type { Json } from '#libs/kernel';
import { expect } from 'vitest';

import { createOutbound } from '../src/outbound/outbound.js';
import {
  LOOPBACK,
  type SeenRequest,
  sendJson,
  type SpecServer,
  startSpecServer,
} from './spec-server.js';
import { McpUpstream } from '../src/mcp/mcp-upstream.js';

const open: { close(): Promise<void> }[] = [];
/** For specs: closes whatever {@link setUp} started. */
export const closeAll = async (): Promise<void> => {
  for (const each of open.splice(0).toReversed()) await each.close();
};

/** For specs: how a server answers a request that it read. */
export type Answer = (request: SeenRequest, response: ServerResponse, id: Json) => void;

/** A 2025-11-25 server that hands out numbered sessions; `answer` answers tools/call and tools/list. */
export const setUp = async (
  answer: Answer,
  options: { maxSessions?: number; sessionIdleMs?: number } = {},
): Promise<{ server: SpecServer; upstream: McpUpstream; lost: Set<string> }> => {
  let sessions = 0;
  const lost = new Set<string>();
  const server = await startSpecServer((request, response) => {
    const { method, id = null } = request.json;
    const session = String(request.headers['mcp-session-id']);
    if (request.method === 'DELETE') response.writeHead(204).end();
    else if (method === 'initialize') {
      sessions += 1;
      const result = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: {} };
      sendJson(response, { jsonrpc: '2.0', id, result }, 200, {
        'mcp-session-id': `s${String(sessions)}`,
      });
    } else if (method === 'server/discover')
      sendJson(
        response,
        { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'No session' } },
        400,
      );
    else if (lost.has(session))
      sendJson(
        response,
        { jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } },
        404,
      );
    else if (id === null || method === undefined) response.writeHead(202).end();
    else answer(request, response, id);
  });
  const outbound = createOutbound({ allow: LOOPBACK });
  const clientInfo = { name: 'gatehouse', version: '0' };
  const upstream = new McpUpstream(outbound, {
    url: `${server.origin}/mcp`,
    clientInfo,
    ...options,
  });
  open.push(server, outbound, upstream);
  return { server, upstream, lost };
};

export const done: Answer = (_request, response, id) => {
  sendJson(response, { jsonrpc: '2.0', id, result: { content: [] } });
};

export const call = (
  upstream: McpUpstream,
  session = 'a',
  more: { timeoutMs?: number; signal?: AbortSignal } = {},
) => upstream.callTool({ name: 'tool', arguments: { x: 1 }, session, timeoutMs: 1500, ...more });

export const byText = (a: unknown, b: unknown): number => String(a).localeCompare(String(b));

export const sse = (response: ServerResponse, ...messages: Json[]): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const message of messages)
    response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
};

export const methods = (server: SpecServer): string[] =>
  server.seen.map(({ method, json }) =>
    method === 'POST' && typeof json['method'] === 'string' ? json['method'] : method,
  );

export const eventually = async (check: () => void): Promise<void> => {
  await expect
    .poll(() => {
      try {
        check();
        return '';
      } catch (error) {
        return String(error);
      }
    })
    .toBe('');
};
