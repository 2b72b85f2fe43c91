import type { ServerResponse } from 'node:http';

import type { Json } from '#libs/platform/kernel';
import { afterEach, describe, expect, it } from 'vitest';

import { sendJson } from '../fixtures/spec-server.js';
import { type Answer, closeAll, call, methods, setUp, sse } from '../fixtures/sessions-server.js';

afterEach(closeAll);

const ok = (id: Json): Json => ({ jsonrpc: '2.0', id, result: { content: [] } });

describe('hostile upstreams', () => {
  const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
  const cases: [string, Answer][] = [
    [
      'an answer for another id',
      (_request, response) => {
        sendJson(response, ok(999_999));
      },
    ],
    [
      'the right id as a string',
      (_request, response, id) => {
        sendJson(response, ok(JSON.stringify(id)));
      },
    ],
    [
      'a stream for another id',
      (_request, response) => {
        sse(response, ok(999_999));
        response.end();
      },
    ],
    [
      'a stream that closes mid-way',
      (_request, response) => {
        sse(response);
        response.write('data: {"js');
        response.destroy();
      },
    ],
    [
      'no JSON',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end('<html>');
      },
    ],
    [
      'a web page',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
      },
    ],
    [
      'no content',
      (_request, response) => {
        response.writeHead(202).end();
      },
    ],
    [
      'JSON that is too deep',
      (_request, response, id) => {
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":{"content":[],"x":${deep}}}`);
      },
    ],
    [
      'content that is not content',
      (_request, response, id) => {
        sendJson(response, { jsonrpc: '2.0', id, result: { content: ['x'] } });
      },
    ],
    [
      'a result that is a number',
      (_request, response, id) => {
        sendJson(response, { jsonrpc: '2.0', id, result: 7 });
      },
    ],
    [
      'a redirect',
      (_request, response) => {
        response.writeHead(308, { location: 'http://169.254.169.254/' }).end();
      },
    ],
    [
      'a flood of questions',
      (_request, response) => {
        sse(
          response,
          ...Array.from({ length: 200 }, (_, index) => ({
            jsonrpc: '2.0',
            id: index,
            method: 'ping',
          })),
        );
      },
    ],
  ];

  it.each(cases)('end a call with an unknown outcome: %s', async (_name, answer) => {
    const { server, upstream } = await setUp(answer);
    await expect(call(upstream)).rejects.toMatchObject({
      code: 'upstream_failed',
      effect: 'unknown',
    });
    expect(methods(server).filter((method) => method === 'tools/call')).toHaveLength(1);
  });

  it('do not keep us reading: an endless stream and a huge body are cut', async () => {
    const block = `data: ${'x'.repeat(60_000)}\n`;
    const pour = (response: ServerResponse, text: string): void => {
      while (!response.destroyed && response.write(text));
      if (!response.destroyed)
        response.once('drain', () => {
          pour(response, text);
        });
    };
    for (const [type, text] of [
      ['text/event-stream', block],
      ['text/event-stream', block.replace('data', ':')],
      ['application/json', ' '.repeat(60_000)],
    ] as const) {
      const { upstream } = await setUp((_request, response) => {
        response.writeHead(200, { 'content-type': type });
        pour(response, text);
      });
      await expect(call(upstream)).rejects.toMatchObject({
        code: 'upstream_failed',
        effect: 'unknown',
      });
    }
  });

  it('cannot make a list endless', async () => {
    let page = 0;
    const endless = await setUp((_request, response, id) => {
      page += 1;
      sendJson(response, { jsonrpc: '2.0', id, result: { tools: [], nextCursor: String(page) } });
    });
    await expect(endless.upstream.listTools()).rejects.toThrow(/64 pages/);
  });

  it('keep an extra member of a content block, and an error’s words', async () => {
    const content = [{ type: 'text', text: 'x', _meta: { a: 1 }, extra: [1] }];
    const { upstream } = await setUp((_request, response, id) => {
      sendJson(response, {
        jsonrpc: '2.0',
        id,
        result: { content, isError: true, _meta: { b: 2 } },
      });
    });
    expect(await call(upstream)).toEqual({ content, isError: true, meta: { b: 2 } });
    const failing = await setUp((_request, response, id) => {
      sse(response, { jsonrpc: '2.0', id, error: { code: -32603, message: 'disk full' } });
      response.end();
    });
    expect(await call(failing.upstream)).toEqual({
      content: [{ type: 'text', text: 'The tool server answered with error -32603: disk full' }],
      isError: true,
      error: { code: -32603, message: 'disk full' },
    });
  });
});
