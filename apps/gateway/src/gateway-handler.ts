import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  asCallError,
  problemReply,
  readBody,
  type HttpReply,
  type HttpRequest,
} from '#libs/gateway/tool-calls';
import { CallerConnection } from './caller-connection.js';
import type { GatewayDeps } from './gateway-deps.js';
import { matchRoute } from './match-route.js';
import { routes } from './routes.js';

/** Serves agents' traffic, and can be stopped without losing a call. */
export interface GatewayHandler {
  (request: IncomingMessage, response: ServerResponse): void;
  /** Takes no more requests and waits for those in flight. */
  drain(): Promise<void>;
}

/** The gateway as one node:http handler: for its own process, and for standalone to mount. */
export const createGatewayHandler = (deps: GatewayDeps): GatewayHandler => {
  const inFlight = new Set<Promise<void>>();
  const draining = new AbortController();
  const stopping = draining.signal;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const caller = new CallerConnection(request, response);
    try {
      caller.reply(stopping.aborted ? isStopping() : await answer(request, caller, deps, stopping));
    } catch (error) {
      deps.logger.error({ err: error }, 'an answer could not be sent');
      response.destroy();
    }
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const work = serve(request, response).finally(() => inFlight.delete(work));
    inFlight.add(work);
  };
  const drain = async (): Promise<void> => {
    draining.abort();
    await Promise.all(inFlight);
  };
  return Object.assign(handle, { drain });
};

const answer = async (
  request: IncomingMessage,
  caller: CallerConnection,
  deps: GatewayDeps,
  stopping: AbortSignal,
): Promise<HttpReply> => {
  try {
    const rejection = rejectUntrustedHostOrOrigin(request, deps);
    if (rejection) return rejection;
    const unable = rejectUnlessUsable(request, deps);
    if (unable) return unable;
    const url = request.url ?? '';
    const queryAt = url.indexOf('?');
    const path = queryAt < 0 ? url : url.slice(0, queryAt);
    const match = matchRoute(routes, request.method, path);
    switch (match.kind) {
      case 'not_found':
        return problemReply(404, 'not_found', 'Not found.');
      case 'wrong_method':
        return wrongMethod(match.allow);
      case 'found':
        return await match.route.handle(
          httpRequest(request, caller, {
            path,
            param: match.param,
            publicUrl: deps.publicUrl,
            stopping,
          }),
          deps,
        );
    }
  } catch (error) {
    const failure = asCallError(error, deps.resourceMetadataUrl(request.url ?? ''));
    deps.logger.error({ err: error, code: failure.code }, 'a request failed');
    return problemReply(failure.status, failure.code, failure.message);
  }
};

// A rebound name and another site's page are rejected before anything is looked at (invariant G13).
const rejectUntrustedHostOrOrigin = (
  { headers }: IncomingMessage,
  { allowedHosts, allowedOrigins }: GatewayDeps,
): HttpReply | null => {
  if (!allowedHosts.includes((headers.host ?? '').toLowerCase()))
    return problemReply(
      421,
      'wrong_host',
      'This gateway does not answer under this Host: use the address in PUBLIC_URL.',
    );
  if (headers.origin !== undefined && !allowedOrigins.includes(headers.origin))
    return problemReply(403, 'wrong_origin', 'Pages of this Origin may not call the gateway.');
  return null;
};

// On every path, before anything of the request is believed (invariant G22).
const rejectUnlessUsable = (
  { socket }: IncomingMessage,
  { snapshots, rejections, resourceMetadataUrl }: GatewayDeps,
): HttpReply | null => {
  try {
    snapshots.assertUsable();
    return null;
  } catch (error) {
    const { status, code, reason, message } = asCallError(error, resourceMetadataUrl(''));
    rejections.count(reason, socket.remoteAddress ?? 'unknown');
    return problemReply(status, code, message, { reason }, { 'retry-after': '1' });
  }
};

const httpRequest = (
  request: IncomingMessage,
  caller: CallerConnection,
  {
    path,
    param,
    publicUrl,
    stopping,
  }: { path: string; param: string | null; publicUrl: string; stopping: AbortSignal },
): HttpRequest => ({
  method: request.method ?? '',
  url: `${publicUrl}${path}`,
  headers: request.headers,
  source: request.socket.remoteAddress ?? 'unknown',
  param,
  query: new URLSearchParams((request.url ?? '').slice(path.length)),
  get closed() {
    return caller.closed;
  },
  stopping,
  readBody: () => readBody(request),
  openStream: (headers) => caller.openStream(headers),
});

const wrongMethod = (allow: string): HttpReply =>
  problemReply(405, 'method_not_allowed', `This address only takes ${allow}.`, {}, { allow });

const isStopping = (): HttpReply =>
  problemReply(
    503,
    'unavailable',
    'The gateway is stopping. Try again in a moment.',
    {},
    {
      'retry-after': '1',
    },
  );
