import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { BodyBudget, createBoundedServer, sendContinue } from './index.js';

let server: Server | undefined;
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server?.closeAllConnections();
  server?.close();
});

const serve = async (listener: Parameters<typeof createBoundedServer>[0]): Promise<number> => {
  server = createBoundedServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** What a caller that sends this text gets until the connection ends or says nothing for a moment. */
const sending = (port: number, text: string, quietMs = 300): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    sockets.push(socket);
    let got = '';
    let timer = setTimeout(() => resolve(got), quietMs + 10_000);
    socket.on('data', (data) => {
      got += String(data);
      clearTimeout(timer);
      timer = setTimeout(() => resolve(got), quietMs);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(got));
  });

const head = (...lines: string[]): string =>
  ['POST / HTTP/1.1', 'Host: x', ...lines, '', ''].join('\r\n');

describe('a caller that is not known yet', () => {
  it('is not told to send its body before that is wanted', async () => {
    const port = await serve((_request, response) => response.writeHead(401).end());
    const answer = await sending(port, head('Content-Length: 5', 'Expect: 100-continue'));
    expect(answer).toMatch(/^HTTP\/1\.1 401/);
    expect(answer).not.toContain('100 Continue');
  });

  it('is told so once it is wanted', async () => {
    const port = await serve((request, response) => {
      sendContinue(request);
      request.resume().on('end', () => response.end('done'));
    });
    const answer = await sending(port, `${head('Content-Length: 5', 'Expect: 100-continue')}12345`);
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue[\s\S]*200 OK[\s\S]*done/);
  });

  it('has no more than a chunk of its body read ahead', async () => {
    let seen: IncomingMessage | undefined;
    const port = await serve((request) => void (seen = request));
    void sending(port, head('Content-Length: 1048576') + 'x'.repeat(1_048_576));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(seen?.readableLength).toBeLessThanOrEqual(65_536);
    expect(seen?.socket.bytesRead).toBeLessThanOrEqual(2 * 65_536);
  });

  it('reads the answer although its body was not wanted', async () => {
    const port = await serve((_request, response) =>
      response.writeHead(401, { connection: 'close' }).end('no'),
    );
    const body = 'x'.repeat(1_048_576);
    const answers = Array.from({ length: 20 }, () =>
      sending(port, head('Content-Length: 1048576') + body),
    );
    expect((await Promise.all(answers)).filter((it) => it.includes('401'))).toHaveLength(20);
  });

  it('does not have hundreds of requests of one connection begun at once', async () => {
    let begun = 0;
    const port = await serve(() => void (begun += 1));
    await sending(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(500));
    expect(begun).toBeLessThanOrEqual(32);
  });

  it('is not waited for longer than 30 s, neither for headers nor for a body', async () => {
    const port = await serve(() => undefined);
    const { headersTimeout, requestTimeout } = server!;
    expect({ headersTimeout, requestTimeout }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 25_000,
    });
    // What Node looks at every 2.5 s, with a clock that is not waited for.
    Object.assign(server!, { headersTimeout: 200, requestTimeout: 400 });
    const unfinished = ['POST / HTTP/1.1\r\nHost: x\r\n', head('Content-Length: 1000')];
    const answers = await Promise.all(unfinished.map((text) => sending(port, text)));
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408/);
  }, 15_000);
});

describe('a budget', () => {
  it('is given back whatever becomes of the reading', async () => {
    const budget = new BodyBudget(100);
    const failing = budget.spend((count) => {
      count(60);
      throw new Error('gone');
    });
    await expect(failing).rejects.toThrow('gone');
    const tooMuch = budget.spend(async (count) => {
      count(60);
      await budget.spend((inner) => Promise.resolve(inner(60)));
    });
    await expect(tooMuch).rejects.toThrow('try again');
    expect(budget.keptBytes).toBe(0);
  });
});
