import type { ServerResponse } from 'node:http';

import type { Json, JsonObject } from '#libs/platform/kernel';
import { afterEach, describe, expect, it } from 'vitest';

import { sendJson } from '../fixtures/spec-server.js';
import {
  closeAll,
  byText,
  call,
  done,
  eventually,
  methods,
  setUp,
  sse,
} from '../fixtures/sessions-server.js';

afterEach(closeAll);

describe('upstream sessions', () => {
  it('opens one session per key, once, however many calls come at the same time', async () => {
    const { server, upstream } = await setUp(done);
    await Promise.all(['a', 'a', 'a', 'b', 'b'].map((key) => call(upstream, key)));
    expect(methods(server).filter((method) => method === 'initialize')).toHaveLength(2);
    const calls = server.seen.filter(({ json }) => json['method'] === 'tools/call');
    expect(calls.map(({ headers }) => headers['mcp-session-id']).toSorted(byText)).toEqual([
      's1',
      's1',
      's1',
      's2',
      's2',
    ]);
    expect(calls[0]?.headers).toMatchObject({
      'mcp-protocol-version': '2025-11-25',
      accept: 'application/json, text/event-stream',
    });
  });

  it('sends nothing but the call: no credential, no cookie, no header of anybody else', async () => {
    const { server, upstream } = await setUp(done);
    await call(upstream);
    const names = Object.keys(server.seen.at(-1)?.headers ?? {}).sort();
    expect(names).toEqual(
      [
        'accept',
        'connection',
        'content-length',
        'content-type',
        'host',
        'mcp-protocol-version',
        'mcp-session-id',
        'user-agent',
      ].sort(),
    );
  });

  it('starts a new session, once, when the server no longer knows the old one', async () => {
    const { server, upstream, lost } = await setUp(done);
    await call(upstream);
    lost.add('s1');
    await call(upstream);
    expect(server.seen.at(-1)?.headers['mcp-session-id']).toBe('s2');
    for (const id of ['s2', 's3', 's4', 's5']) lost.add(id);
    await expect(call(upstream)).resolves.toMatchObject({ isError: true });
    expect(methods(server).filter((method) => method === 'initialize')).toHaveLength(3);
  });

  it('never sends a call again after a failure that may have come late', async () => {
    for (const status of [500, 502, 503, 504]) {
      const { server, upstream } = await setUp((_request, response) => {
        response.writeHead(status).end('oops');
      });
      await expect(call(upstream)).rejects.toMatchObject({ effect: 'unknown' });
      expect(methods(server).filter((method) => method === 'tools/call')).toHaveLength(1);
    }
  });

  it('says that a call had no effect when the server rejected it', async () => {
    for (const status of [400, 401, 403, 404, 413, 429]) {
      const { upstream } = await setUp((_request, response) => {
        sendJson(
          response,
          { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'no' } },
          status,
        );
      });
      await expect(call(upstream)).rejects.toMatchObject({
        code: 'upstream_failed',
        effect: 'none',
      });
    }
  });

  it('ends the least recently used session when there are too many, and all of them at the end', async () => {
    const { server, upstream } = await setUp(done, { maxSessions: 2 });
    for (const key of ['a', 'b', 'a', 'c']) await call(upstream, key);
    const ended = (): (string | string[] | undefined)[] =>
      server.seen
        .filter(({ method }) => method === 'DELETE')
        .map(({ headers }) => headers['mcp-session-id']);
    await eventually(() => {
      expect(ended()).toEqual(['s2']);
    });
    await upstream.close();
    expect(ended().toSorted(byText)).toEqual(['s1', 's2', 's3']);
    await expect(call(upstream)).rejects.toMatchObject({ effect: 'none' });
  });

  it('ends a session that nobody used for a while', async () => {
    const { server, upstream } = await setUp(done, { sessionIdleMs: 30 });
    await call(upstream);
    await eventually(() => {
      expect(methods(server)).toContain('DELETE');
    });
  });

  it('answers what the server asks during a call, so that the tool does not hang', async () => {
    const waiting: { response: ServerResponse; id: Json }[] = [];
    const replies: JsonObject[] = [];
    const { upstream, server } = await setUp((_request, response, id) => {
      waiting.push({ response, id });
      sse(
        response,
        { jsonrpc: '2.0', method: 'notifications/progress', params: {} },
        { jsonrpc: '2.0', id: 'p', method: 'ping' },
        { jsonrpc: '2.0', id, method: 'sampling/createMessage', params: {} },
      );
    });
    const result = call(upstream);
    await eventually(() => {
      replies.splice(
        0,
        Infinity,
        ...server.seen.map(({ json }) => json).filter((json) => !('method' in json)),
      );
      expect(replies.filter((reply) => 'id' in reply)).toHaveLength(2);
    });
    const [{ response, id } = {}] = waiting;
    response?.end(
      `data: ${JSON.stringify({ jsonrpc: '2.0', id: id ?? null, result: { content: [] } })}\n\n`,
    );
    await expect(result).resolves.toMatchObject({ isError: false });
    expect(replies).toContainEqual({ jsonrpc: '2.0', id: 'p', result: {} });
    expect(replies.find((reply) => reply['id'] === id)).toMatchObject({ error: { code: -32601 } });
  });

  it('tells the server that a call is no longer awaited', async () => {
    const { server, upstream } = await setUp(() => undefined);
    await expect(call(upstream, 'a', { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'upstream_timeout',
    });
    const sent = server.seen.find(({ json }) => json['method'] === 'tools/call');
    await eventually(() => {
      expect(server.seen.at(-1)?.json).toMatchObject({
        method: 'notifications/cancelled',
        params: { requestId: sent?.json['id'] },
      });
    });
  });
});
