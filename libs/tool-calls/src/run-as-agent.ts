import { withSpan } from '#libs/telemetry';
import { asFailure } from './as-failure.js';
import type { CallDeps } from './deps.js';
import type { HttpReply } from './doors/http.js';
import type { Exchange } from './exchange.js';
import { refuse } from './refuse.js';
import { authenticate } from './steps/authenticate.js';

/** Runs what is no tool call but needs an agent all the same. It always answers, and never throws. */
export const runAsAgent = (
  exchange: Exchange,
  deps: CallDeps,
  work: (exchange: Exchange) => Promise<HttpReply> | HttpReply,
): Promise<HttpReply> =>
  withSpan('gateway.request', {}, async () => {
    try {
      await authenticate(exchange, deps);
      return await work(exchange);
    } catch (error) {
      return refuse(exchange, asFailure(error, deps.resourceMetadataUrl), deps);
    }
  });
