import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Json, JsonObject } from '#libs/kernel';

/** For specs: loopback, as the sandbox opens it. */
export const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** For specs: one request as a fixture saw it. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
  json: JsonObject;
}

/** For specs: a real HTTP server on a free loopback port, and what it was asked. */
export interface SpecServer {
  origin: string;
  port: number;
  seen: SeenRequest[];
  close(): Promise<void>;
}

export const startSpecServer = async (
  answer: (request: SeenRequest, response: ServerResponse) => void,
): Promise<SpecServer> => {
  const seen: SeenRequest[] = [];
  const server: Server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const request: SeenRequest = {
        method: message.method ?? '',
        url: message.url ?? '',
        headers: message.headers,
        body,
        json: (body === '' ? {} : JSON.parse(body)) as JsonObject,
      };
      seen.push(request);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    port,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

export const sendJson = (
  response: ServerResponse,
  body: Json,
  status = 200,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};
