import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { withPlainTransfer } from './transfer-coding.js';
import { deferContinue } from './expect-continue.js';

const MAX_CONNECTIONS = 4_096;
// Above this, connections on which nothing is asked make room.
const CROWDED = 0.75 * MAX_CONNECTIONS;
// Pipelined on one connection; nobody needs more, and each costs before it is answered.
const MAX_REQUESTS_AT_ONCE = 32;

/**
 * A node:http server with bounds on everything that a caller can make wait or grow (invariant G21).
 */
export const createBoundedServer = (listener: RequestListener): Server => {
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    requestTimeout: 25_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 2_500,
    // What is read ahead of a body that nobody has asked for yet.
    highWaterMark: 16_384,
    // A header sent twice is seen as one that matches nothing, rather than as its first value.
    joinDuplicateHeaders: true,
    insecureHTTPParser: false,
  });
  server.maxHeadersCount = 100;
  server.maxConnections = MAX_CONNECTIONS;
  const passOn = withPlainTransfer(listener);
  const atOnce = new WeakMap<Socket, number>();
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const count = (atOnce.get(socket) ?? 0) + 1;
    if (count > MAX_REQUESTS_AT_ONCE) {
      socket.destroy();
      return;
    }
    atOnce.set(socket, count);
    response.once('close', () => atOnce.set(socket, (atOnce.get(socket) ?? 1) - 1));
    passOn(request, response);
  };
  server.on('request', serve);
  // Told to send its body only once that is wanted.
  server.on('checkContinue', (request, response) => {
    deferContinue(request, response);
    serve(request, response);
  });
  let checkedAtMs = 0;
  server.on('connection', () => {
    if (Date.now() - checkedAtMs < 1_000) return;
    checkedAtMs = Date.now();
    server.getConnections((_error, count) => {
      if (count > CROWDED) server.closeIdleConnections();
    });
  });
  return server;
};
