import { withSpan } from '#libs/platform/telemetry';
import { asFailure } from './as-failure.js';
import type { CallDeps } from './deps.js';
import type { HttpReply } from './doors/http.js';
import type { Exchange } from './exchange.js';
import { refuse } from './refuse.js';
import { authenticate } from './steps/authenticate.js';

/** What an answer may rest on: the newest snapshot there is, or one as new as the question. */
export type Freshness = 'newest' | 'now';

/**
 * Runs what is no tool call but needs an agent all the same. It always answers, and never throws. What is
 * only listed is not recorded under its epoch, so a list asks for the epoch and shows no right that was
 * gone by then.
 */
export const runAsAgent = (
  exchange: Exchange,
  deps: CallDeps,
  freshness: Freshness,
  work: (exchange: Exchange) => Promise<HttpReply> | HttpReply,
): Promise<HttpReply> =>
  withSpan('gateway.request', {}, async () => {
    try {
      await authenticate(exchange, deps);
      if (freshness === 'now') await catchUp(exchange, deps);
      return await work(exchange);
    } catch (error) {
      const metadataUrl = deps.resourceMetadataUrl(exchange.credentials.url);
      return refuse(exchange, asFailure(error, metadataUrl), deps);
    }
  });

// Only for whoever has been let in: a stranger's request costs no query.
const catchUp = async (exchange: Exchange, deps: CallDeps): Promise<void> => {
  const epoch = await deps.snapshots.epochNow();
  if (epoch <= exchange.snapshot.epoch) return;
  exchange.minimumEpoch = epoch;
  await authenticate(exchange, deps);
};
