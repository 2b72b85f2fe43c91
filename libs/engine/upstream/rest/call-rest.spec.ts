import type { JsonObject } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createOutbound, type Outbound } from '../outbound/outbound.js';
import { LOOPBACK, sendJson, type SpecServer, startSpecServer } from '../fixtures/spec-server.js';
import { callRest } from './call-rest.js';
import { fetchDocument } from '../fetch-document.js';
import type { BodyMember, RestOperation, RestParameter } from './operation.js';

const inPath = (name: string): RestParameter => ({
  argument: name,
  name,
  in: 'path',
  style: 'simple',
  explode: false,
});

const member = (name: string): BodyMember => ({
  argument: name,
  name,
  style: 'json',
  explode: false,
  isFile: false,
  mediaType: null,
});

const REPLY: RestOperation = {
  method: 'POST',
  path: '/tickets/{ticket}/replies',
  basePath: null,
  parameters: [
    inPath('ticket'),
    { argument: 'notify', name: 'notify', in: 'query', style: 'form', explode: true },
  ],
  body: {
    format: 'json',
    mediaType: 'application/json',
    isRequired: true,
    argument: null,
    members: [member('text'), member('amount')],
  },
  accept: 'application/json',
};

describe('calling a REST tool', () => {
  let server: SpecServer;
  let outbound: Outbound;

  beforeAll(async () => {
    outbound = createOutbound({ allow: LOOPBACK });
    server = await startSpecServer(({ url, json }, response) => {
      if (url.includes('missing')) sendJson(response, { error: 'no such ticket' }, 404);
      else if (url.includes('crash')) response.writeHead(500).end('x'.repeat(10_000));
      else if (url.includes('list')) sendJson(response, [1, 2]);
      else if (url.includes('binary'))
        response.writeHead(200, { 'content-type': 'image/png' }).end('png');
      else if (url.includes('broken'))
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":');
      else if (url.includes('empty')) response.writeHead(204).end();
      else if (url.includes('moved')) response.writeHead(302, { location: '/' }).end();
      else if (url.includes('hang-up')) response.destroy();
      else sendJson(response, { url, json }, 201);
    });
  });
  beforeEach(() => {
    server.seen.length = 0;
  });
  afterAll(async () => {
    await outbound.close();
    await server.close();
  });

  const call = (args: JsonObject, operation = REPLY) =>
    callRest(outbound, {
      baseUrl: `${server.origin}/api/`,
      operation,
      arguments: args,
      timeoutMs: 1000,
    });

  const fetchFrom = (path: string) =>
    fetchDocument(outbound, { url: server.origin + path, timeoutMs: 1000, maxBytes: 10_000 });

  it('puts each argument where it belongs, encoded', async () => {
    const args = { ticket: 'a b?#%é', notify: ['x&y', 'z'], text: 'hi\r\n', amount: 1.5 };
    const result = await call(args);
    expect(result).toEqual({
      content: [{ type: 'text', text: expect.any(String) as string }],
      isError: false,
      structuredContent: {
        url: '/api/tickets/a%20b%3F%23%25%C3%A9/replies?notify=x%26y&notify=z',
        json: { text: 'hi\r\n', amount: 1.5 },
      },
    });
    expect(server.seen[0]?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
    });
    expect(Object.keys(server.seen[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
    ]);
  });

  it.each<JsonObject>([
    ...['..', '.', '', 'a/b', '../../admin', 'a\\b', 'a\r\nx: y', 'a\0', '\ud800'].map(
      (ticket) => ({ ticket }),
    ),
    ...[null, [], ['x', 'y,z'], [['x']], { a: [] }].map((ticket) => ({ ticket })),
    {},
    { ticket: 'a', unknown: 1 },
    { ticket: 'a', notify: { notify: 1 } },
    { ticket: 'a', notify: { 'a[b]': 1 } },
    { ticket: 'a', notify: [['x']] },
  ])('sends nothing for the arguments %j', async (args) => {
    await expect(call(args)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(server.seen).toHaveLength(0);
  });

  it('rejects dots that only two arguments together make', async () => {
    const operation: RestOperation = {
      ...REPLY,
      method: 'GET',
      path: '/x/{a}{b}',
      parameters: [inPath('a'), inPath('b')],
      body: null,
    };
    await expect(call({ a: '.', b: 'x' }, operation)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(call({ a: '%2e', b: 'x' }, operation)).resolves.toMatchObject({ isError: false });
    await expect(
      call({ a: 'x' }, { ...operation, path: '/{a}/../../secret', parameters: [inPath('a')] }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('passes the service’s own failure on as an error result, bounded', async () => {
    const missing = await call({ ticket: 'missing' });
    expect(missing).toEqual({
      content: [
        { type: 'text', text: 'The service answered with HTTP 404. {"error":"no such ticket"}' },
      ],
      isError: true,
    });
    const crashed = await call({ ticket: 'crash' });
    expect(crashed.isError).toBe(true);
    expect(JSON.stringify(crashed).length).toBeLessThan(5000);
  });

  it('gives broken JSON and nothing as text, and lists as structured content, too', async () => {
    const text = async (ticket: string) => (await call({ ticket })).content[0]?.['text'];
    expect(await call({ ticket: 'list' })).toEqual({
      content: [{ type: 'text', text: '[1,2]' }],
      structuredContent: [1, 2],
      isError: false,
    });
    expect(await text('broken')).toBe('{"a":');
    expect(await text('empty')).toBe('HTTP 204, no content.');
  });

  it('does not know the outcome of a redirect or a hang-up', async () => {
    for (const ticket of ['moved', 'hang-up'])
      await expect(call({ ticket })).rejects.toMatchObject({
        code: 'upstream_failed',
        effect: 'unknown',
      });
    expect(server.seen).toHaveLength(2);
  });

  it('fetches a document, and says what is wrong with one', async () => {
    expect(await fetchFrom('/list')).toEqual([1, 2]);
    await expect(fetchFrom('/missing')).rejects.toThrow(/HTTP 404/);
    await expect(fetchFrom('/broken')).rejects.toThrow(/not JSON/);
  });
});
