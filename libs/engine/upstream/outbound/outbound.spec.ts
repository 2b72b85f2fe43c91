import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { afterEach, describe, expect, it } from 'vitest';

import { LOOPBACK, sendJson, type SpecServer, startSpecServer } from '../fixtures/spec-server.js';
import { readText } from './answer-reader.js';
import type { Resolve } from './checked-connector.js';
import { createOutbound, type Outbound, type OutboundOptions } from './outbound.js';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const serve = async (...args: Parameters<typeof startSpecServer>): Promise<SpecServer> => {
  const server = await startSpecServer(...args);
  open.push(server);
  return server;
};

const outbound = (options: Partial<OutboundOptions> = {}): Outbound => {
  const made = createOutbound({ allow: LOOPBACK, connectTimeoutMs: 500, ...options });
  open.push(made);
  return made;
};

const get = (
  from: Outbound,
  url: string,
  more: {
    signal?: AbortSignal;
    timeoutMs?: number;
    maxAnswerBytes?: number;
    onSent?: () => void;
  } = {},
): Promise<{ text: string }> =>
  from.send({ url: new URL(url), method: 'GET', headers: {}, timeoutMs: 1000, ...more }, (head) =>
    readText(head, (text) => ({ text: text ?? 'not in UTF-8' })),
  );

const mixed: Resolve = () =>
  Promise.resolve([
    { address: '93.184.215.14', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ]);

const metadata: Resolve = () => Promise.resolve([{ address: '::ffff:169.254.169.254', family: 6 }]);

const unknown: Resolve = () => Promise.reject(new Error('ENOTFOUND'));

describe('an outbound exchange', () => {
  it('reaches an allowed server by name and keeps the connection', async () => {
    const server = await serve((_request, response) => {
      sendJson(response, { ok: true });
    });
    let lookups = 0;
    const resolve: Resolve = () => {
      lookups += 1;
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    };
    const out = outbound({ resolve });
    const url = `http://tools.example.test:${String(server.port)}/a`;
    // undici frees a socket some turns after its answer, and only then the next request can use it.
    for (let sent = 1; sent < 50 && lookups === sent - 1; sent += 1) {
      expect(await get(out, url)).toEqual({ text: '{"ok":true}' });
      await setTimeout(20);
    }
    expect(lookups).toBeLessThan(server.seen.length);
    expect(new Set(server.seen.map(({ headers }) => headers.host))).toEqual(
      new Set([new URL(url).host]),
    );
  });

  it('rejects a name when any of its addresses is out of bounds, and sends nothing', async () => {
    const server = await serve((_request, response) => {
      sendJson(response, {});
    });
    const url = `http://rebind.example.test:${String(server.port)}/`;
    const failure = get(outbound({ allow: [], resolve: mixed }), url);
    await expect(failure).rejects.toMatchObject({ code: 'upstream_failed', effect: 'none' });
    await expect(failure).rejects.not.toThrow(/127\.0\.0\.1|93\.184/);
    expect(server.seen).toHaveLength(0);
    // The control: with the network named, the same name does reach the server.
    await get(
      outbound({ resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) }),
      url,
    );
    expect(server.seen).toHaveLength(1);
  });

  it('dials what it checked: a name that rebinds after the check is not asked again', async () => {
    const server = await serve((_request, response) => {
      sendJson(response, {});
    });
    const answers = ['127.0.0.1', '169.254.169.254'];
    const asked: string[] = [];
    const resolve: Resolve = (hostname) => {
      asked.push(hostname);
      return Promise.resolve([{ address: answers.shift() ?? '10.0.0.1', family: 4 }]);
    };
    await get(outbound({ resolve }), `http://rebind.example.test:${String(server.port)}/`);
    expect(asked).toEqual(['rebind.example.test']);
    expect(server.seen).toHaveLength(1);
  });

  it('rejects metadata even behind a name and with every network allowed', async () => {
    await expect(
      get(
        outbound({ allow: ['0.0.0.0/0', '::/0'], resolve: metadata }),
        'http://metadata.example.test/',
      ),
    ).rejects.toMatchObject({ effect: 'none' });
    await expect(
      get(outbound({ allow: ['0.0.0.0/0', '::/0'] }), 'http://169.254.169.254/latest/meta-data'),
    ).rejects.toThrow(/OUTBOUND_ALLOW/);
  });

  it('rejects a literal private address when it is not allowed', async () => {
    const server = await serve((_request, response) => {
      sendJson(response, {});
    });
    await expect(get(outbound({ allow: [] }), server.origin)).rejects.toMatchObject({
      effect: 'none',
    });
    await expect(
      get(outbound({ allow: [] }), `http://[::ffff:127.0.0.1]:${String(server.port)}/`),
    ).rejects.toMatchObject({ effect: 'none' });
    expect(server.seen).toHaveLength(0);
  });

  it('says that nothing was sent when the connection is rejected, the name is unknown or the URL has a password', async () => {
    const gone = await startSpecServer(() => undefined);
    await gone.close();
    let sent = 0;
    const onSent = (): void => {
      sent += 1;
    };
    const failures = [
      get(outbound(), gone.origin, { onSent }),
      get(outbound({ resolve: unknown }), 'http://nowhere.example.test/', { onSent }),
      get(outbound(), 'http://user:secret@127.0.0.1/', { onSent }),
      get(outbound(), 'ftp://127.0.0.1/', { onSent }),
      get(outbound({ resolve: () => new Promise(() => undefined) }), 'http://slow.example.test/', {
        timeoutMs: 50,
        onSent,
      }),
    ];
    for (const outcome of await Promise.allSettled(failures))
      expect(outcome).toMatchObject({ reason: { code: 'upstream_failed', effect: 'none' } });
    expect(sent).toBe(0);
  });

  it('never follows a redirect', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    await expect(get(outbound(), server.origin)).rejects.toThrow(/redirect/);
    expect(server.seen).toHaveLength(1);
  });

  it('leaves the outcome unknown when a sent request is not answered in time', async () => {
    const server = await serve(() => undefined);
    let sent = 0;
    const onSent = (): void => {
      sent += 1;
    };
    await expect(get(outbound(), server.origin, { timeoutMs: 100, onSent })).rejects.toMatchObject({
      code: 'upstream_timeout',
      effect: 'unknown',
    });
    expect(sent).toBe(1);
  });

  it('leaves the outcome unknown when the server hangs up, and when the caller does', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/hang-up') response.destroy();
      if (request.url === '/half') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => response.destroy());
      }
    });
    const unknown = { code: 'upstream_failed', effect: 'unknown' };
    await expect(get(outbound(), `${server.origin}/hang-up`)).rejects.toMatchObject(unknown);
    await expect(get(outbound(), `${server.origin}/half`)).rejects.toMatchObject(unknown);
    const control = new AbortController();
    const given = get(outbound(), server.origin, {
      signal: control.signal,
      onSent: () => {
        queueMicrotask(() => {
          control.abort();
        });
      },
    });
    await expect(given).rejects.toMatchObject(unknown);
    await expect(
      get(outbound(), server.origin, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ effect: 'none' });
  });

  it('stops reading a body that is too large, compressed unasked or not HTTP at all', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/zip') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      else response.end('x'.repeat(2000));
    });
    await expect(get(outbound(), server.origin, { maxAnswerBytes: 1000 })).rejects.toThrow(
      /larger/,
    );
    await expect(get(outbound(), `${server.origin}/zip`)).rejects.toThrow(/compressed/);
    const raw = await rawServer('SSH-2.0-OpenSSH_9.6\r\n');
    await expect(get(outbound(), raw)).rejects.toThrow(/not HTTP/);
  });
});

const rawServer = async (greeting: string): Promise<string> => {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(greeting));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => server.close() });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};
