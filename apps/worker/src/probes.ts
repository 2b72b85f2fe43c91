import type { Server, ServerResponse } from 'node:http';
import { boundedProbe } from '#libs/platform/boot';
import { createBoundedServer } from '#libs/platform/listen';
import type { Database } from '#libs/platform/db';
import { assertQueueIsReady, countDeadLetters, type QueueLocation } from '#libs/platform/queue';
import { metrics } from '#libs/platform/telemetry';

/** Serves /metrics, /health/live and /health/ready on the internal port: nobody outside reaches it. */
export const serveProbes = (
  { port, host }: { port: number; host: string },
  location: QueueLocation,
  db: Database,
): Promise<Server> => {
  const deadLetters = boundedProbe(async () => {
    await assertQueueIsReady(location);
    return countDeadLetters(db);
  });
  const routes: Record<string, () => Promise<Answer>> = {
    '/metrics': async () => ({ type: metrics.contentType, body: await metrics.metrics() }),
    '/health/live': () => Promise.resolve(OK),
    '/health/ready': async () => {
      const dead = await deadLetters();
      if (dead > 0)
        throw new NotReady(`${dead} follow-ups cannot be queued: see gatehouse outbox list`);
      return OK;
    },
  };
  const server = createBoundedServer((request, response) => {
    const route = request.method === 'GET' ? routes[request.url ?? ''] : undefined;
    if (route === undefined) {
      send(response, 404, { type: 'text/plain', body: 'not found\n' });
      return;
    }
    route().then(
      (answer) => send(response, 200, answer),
      (error: unknown) => {
        const why = error instanceof NotReady ? `: ${error.message}` : '';
        send(response, 503, { type: 'text/plain', body: `not ready${why}\n` });
      },
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
};

/** Why, in words for the operator. */
class NotReady extends Error {
  override readonly name = 'NotReady';
}

interface Answer {
  type: string;
  body: string;
}

const OK: Answer = { type: 'text/plain', body: 'ok\n' };

const send = (response: ServerResponse, status: number, { type, body }: Answer): void => {
  response.writeHead(status, { 'content-type': type }).end(body);
};
