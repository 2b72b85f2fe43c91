import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../listen.js';
import { openApiDocument } from './openapi.js';
import { HelpdeskOperations, type Answer } from './operations.js';
import { HelpdeskError } from './errors.js';

/** A request that reached the helpdesk, whatever became of it. */
export interface SeenRequest {
  method: string;
  /** Path and query as they were sent. */
  target: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** The running helpdesk. */
export interface Helpdesk {
  url: string;
  port: number;
  /** Every request since the start, oldest first; only this process can ask. The document is not counted. */
  seen(): readonly SeenRequest[];
  stop(): Promise<void>;
}

const MAX_BODY_BYTES = 256 * 1024;
/** Enough for every test, and an end to the memory that a long `npm start` takes. */
const MAX_SEEN = 100_000;

/** Starts the helpdesk on 127.0.0.1. */
export async function startHelpdesk(options: { port: number }): Promise<Helpdesk> {
  const operations = new HelpdeskOperations();
  const seen: SeenRequest[] = [];
  const server = createServer();
  const { port, close } = await listenOnLoopback(server, options.port, 'the helpdesk');
  const url = `http://127.0.0.1:${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (!hosts.has(request.headers.host ?? '')) throw new HelpdeskError(400, 'Unknown host.');
    if (request.url === '/openapi.json') return { status: 200, body: openApiDocument(url) };
    const body = await readBody(request);
    const { headers, method = '', url: target = '' } = request;
    seen.push({ method, target, headers, body });
    if (seen.length > MAX_SEEN) seen.shift();
    return route(operations, method, new URL(target, url), body);
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { body, status } = await answer(request).catch(problemOf);
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    response.writeHead(status, body === undefined ? {} : { 'content-type': type });
    response.end(body === undefined ? '' : JSON.stringify(body));
  };
  server.on('request', (request, response) => void serve(request, response));
  return { url, port, seen: () => [...seen], stop: close };
}

function route(operations: HelpdeskOperations, method: string, url: URL, body: string): Answer {
  const [, collection, encodedId, part, ...rest] = url.pathname.split('/');
  const id = decode(encodedId);
  if (rest.length === 0 && collection === 'emails' && id === undefined) {
    if (method === 'POST') return operations.sendEmail(parseJson(body));
  } else if (rest.length === 0 && collection === 'tickets' && id === undefined) {
    if (method === 'GET') return operations.search(parametersOf(url));
  } else if (rest.length === 0 && collection === 'tickets' && id !== undefined) {
    if (part === undefined && method === 'DELETE') return operations.delete(id);
    if (part === 'replies' && method === 'POST') return operations.reply(id, parseJson(body));
    if (part === 'refunds' && method === 'POST') return operations.refund(id, parseJson(body));
  } else {
    throw new HelpdeskError(404, `There is nothing at ${url.pathname.slice(0, 100)}.`);
  }
  throw new HelpdeskError(405, `${method} is not offered at ${url.pathname.slice(0, 100)}.`);
}

function parametersOf(url: URL): Record<string, string> {
  const names = [...url.searchParams.keys()];
  if (new Set(names).size !== names.length) {
    throw new HelpdeskError(400, 'A query parameter is given twice.');
  }
  return Object.fromEntries(url.searchParams);
}

function decode(segment: string | undefined): string | undefined {
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    throw new HelpdeskError(400, 'The path is not well encoded.');
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new HelpdeskError(400, 'The body is not JSON.');
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new HelpdeskError(413, 'The body is over 256 KiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const TITLES = {
  400: 'Bad request',
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Content too large',
} as const;

function problemOf(error: unknown): Answer {
  if (error instanceof HelpdeskError) {
    const { detail, status } = error;
    return { status, body: { type: 'about:blank', title: TITLES[status], status, detail } };
  }
  const detail = 'The helpdesk made a mistake.';
  return {
    status: 500,
    body: { type: 'about:blank', title: 'Internal error', status: 500, detail },
  };
}
