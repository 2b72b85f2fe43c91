import { withSpan } from '#libs/platform/telemetry';
import type { RequestHandler } from 'express';

/** Runs each request in a span of its own, so that its log lines and its problem share a trace id. */
export const traceRequests = (): RequestHandler => (request, response, next) => {
  void withSpan(
    'http.server.request',
    { 'http.request.method': request.method },
    (span) =>
      new Promise<void>((resolve) => {
        response.once('close', () => {
          span.setAttribute('http.response.status_code', response.statusCode);
          resolve();
        });
        next();
      }),
  );
};
