import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createBoundedServer } from '#libs/platform/listen';

// What the gateway answers on the one origin; the ingress of a real installation says the same.
const GATEWAY_PATHS = /^\/(mcp|v1|\.well-known\/oauth-protected-resource)(?=[/?#;%]|$)/i;

/** One server for both: agents' traffic goes to the gateway, everything else to the API. */
export const createFront = (handlers: { gateway: RequestListener; api: RequestListener }): Server =>
  createBoundedServer((request, response) => {
    const handle = GATEWAY_PATHS.test(request.url ?? '') ? handlers.gateway : handlers.api;
    handle(request, response);
  });

/** Listens on loopback. */
export const listen = async (server: Server, port: number, host: string): Promise<void> => {
  server.listen(port, host);
  await once(server, 'listening');
};

const LINGER_MS = 3000;

/** Takes no more connections, gives requests in progress a moment, and terminates the rest. */
export const stopListening = async (server: Server): Promise<void> => {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const linger = setTimeout(() => server.closeAllConnections(), LINGER_MS);
  await closed;
  clearTimeout(linger);
};
