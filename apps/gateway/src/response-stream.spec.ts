import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { CallerConnection } from './caller-connection.js';
import { MAX_WAITING_BYTES, ResponseStream } from './response-stream.js';

let server: Server | undefined;
let socket: Socket | undefined;

afterEach(() => {
  socket?.destroy();
  server?.closeAllConnections();
  server?.close();
});

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly caller: Socket;
  readonly received: () => string;
}

/** A caller on a plain socket, which reads what comes unless it is paused. */
const exchange = async (method = 'GET'): Promise<Exchange> => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const caller = connect(port, '127.0.0.1');
  socket = caller;
  caller.on('error', () => undefined);
  let received = '';
  caller.on('data', (chunk) => (received += String(chunk)));
  caller.write(`${method} / HTTP/1.1\r\nHost: x\r\n\r\n`);
  const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  return { request, response, caller, received: () => received };
};

it('sends the head at once, events with their ids, and the whole reply as the last event', async () => {
  const { request, response, received } = await exchange();
  const caller = new CallerConnection(request, response);
  const stream = caller.openStream({ 'gatehouse-call-id': 'c1' });
  await expect.poll(received).toContain('content-type: text/event-stream');
  expect(received()).toContain('gatehouse-call-id: c1');
  expect(caller.openStream()).toBe(stream);
  await stream.send('{"n":1}', 'e1');
  await stream.send('{"n":2}');
  caller.reply({ status: 200, headers: {}, body: '{"n":3}' });
  await expect.poll(received).toContain('\r\n0\r\n');
  const events = received().match(/(?:id: .*\n)?data: .*/g);
  expect(events).toEqual(['id: e1\ndata: {"n":1}', 'data: {"n":2}', 'data: {"n":3}']);
  await stream.send('too late');
  expect(stream.closed.aborted).toBe(false);
});

it('answers HEAD with the head alone', async () => {
  const { request, response, received } = await exchange('HEAD');
  new CallerConnection(request, response).openStream();
  await expect.poll(received).toContain('text/event-stream');
  await expect.poll(() => response.writableFinished).toBe(true);
});

it('sends no event that would be read as two', async () => {
  const { request, response } = await exchange();
  const stream = new CallerConnection(request, response).openStream();
  expect(() => stream.send('a\n\ndata: b')).toThrow('one line');
  expect(() => stream.send('a', 'x\ndata: b')).toThrow('one line');
});

const timed = ({ request, response }: Exchange, heartbeatMs: number): ResponseStream =>
  new ResponseStream(
    request,
    response,
    new CallerConnection(request, response).closed,
    {},
    heartbeatMs,
  );

it('shows that it is alive while nothing is sent', async () => {
  const one = await exchange();
  timed(one, 20);
  await expect.poll(() => one.received().split(':\n\n').length).toBeGreaterThan(2);
});

it('says when its caller has gone, and writes no more', async () => {
  const one = await exchange();
  const stream = timed(one, 10_000);
  one.caller.destroy();
  await expect.poll(() => stream.closed.aborted).toBe(true);
  await stream.send('{}');
});

it('makes a sender wait for a slow reader, and goes on when there is room', async () => {
  const one = await exchange();
  one.caller.pause();
  const stream = timed(one, 10_000);
  const event = 'x'.repeat(600_000);
  // What the sockets between them keep is not ours to count.
  let waiting: Promise<void> | undefined;
  let sent = 0;
  for (; one.response.writableLength === 0 && sent < 100; sent += 1) {
    waiting = stream.send(event);
    await new Promise((resolve) => setImmediate(resolve));
  }
  let hasRoom = false;
  void waiting?.then(() => (hasRoom = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasRoom).toBe(false);
  one.caller.resume();
  await waiting;
  stream.end();
  await expect.poll(() => one.received().split(`data: ${event}\n`).length - 1).toBe(sent);
});

it('cuts a reader for whom more waits than the bound, and no other', async () => {
  const one = await exchange();
  one.caller.pause();
  const stream = timed(one, 10_000);
  const event = 'x'.repeat(100_000);
  for (let sent = 0; sent < 1_000 && !one.response.destroyed; sent += 1) void stream.send(event);
  expect(one.response.destroyed).toBe(true);
  expect(one.response.writableLength).toBeLessThan(MAX_WAITING_BYTES + 2 * event.length);
  await expect.poll(() => stream.closed.aborted).toBe(true);
});

it('cuts a reader that takes nothing from one heartbeat to the next', async () => {
  const one = await exchange();
  one.caller.pause();
  const stream = timed(one, 50);
  for (let sent = 0; one.response.writableLength === 0 && sent < 100; sent += 1) {
    void stream.send('x'.repeat(500_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => stream.closed.aborted).toBe(true);
});
