import type { Server } from 'node:http';
import { createBoundedServer } from '#libs/platform/listen';
import type { Config } from '#libs/platform/config';
import { metrics } from '#libs/platform/telemetry';
import type { RequestHandler } from 'express';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/**
 * Serves /metrics beside the API only where nobody else can come: when the process listens on loopback
 * for a loopback origin. Otherwise they are on the internal port alone.
 */
export const localMetrics = ({ host, publicUrl, internalPort }: Config): RequestHandler => {
  const isLocal = LOOPBACK.has(host) && LOOPBACK.has(new URL(publicUrl).hostname);
  return async (request, response, next) => {
    if (
      !isLocal ||
      internalPort !== null ||
      request.path !== '/metrics' ||
      request.method !== 'GET'
    ) {
      next();
      return;
    }
    response.type(metrics.contentType).send(await metrics.metrics());
  };
};

/** Serves /metrics on a port of its own, for the cluster's Prometheus. */
export const serveMetrics = (port: number, host: string): Promise<Server> => {
  const server = createBoundedServer((request, response) => {
    const isMetrics = request.method === 'GET' && request.url === '/metrics';
    if (!isMetrics) {
      response.writeHead(404).end();
      return;
    }
    void metrics.metrics().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
};
