import { withSpan } from '#libs/platform/telemetry';
import { asCallError } from './as-call-error.js';
import type { CallDeps } from './deps.js';
import type { HttpReply } from './http.js';
import type { ToolCallContext } from './tool-call-context.js';
import { assertNoOwnCredentials } from './own-credentials.js';
import { reject } from './reject.js';
import { authenticate } from './steps/authenticate.js';
import { findSession } from './steps/find-session.js';
import { ownCredentials } from './steps/read-request.js';

/** What an answer may be based on: the newest snapshot there is, or one as new as the question. */
export type Freshness = 'newest' | 'now';

/**
 * Runs what is no tool call but needs an agent all the same. It always answers, and never throws. What is
 * only listed is not recorded under its epoch, so a list asks for the epoch and shows no right that was
 * gone by then.
 */
export const runAsAgent = (
  ctx: ToolCallContext,
  deps: CallDeps,
  freshness: Freshness,
  work: (ctx: ToolCallContext) => Promise<HttpReply> | HttpReply,
): Promise<HttpReply> =>
  withSpan('gateway.request', {}, async () => {
    try {
      assertNoOwnCredentials(ctx.adapter.content, ownCredentials(ctx));
      await authenticate(ctx, deps);
      if (freshness === 'now') await catchUp(ctx, deps);
      await findSession(ctx, deps);
      return await work(ctx);
    } catch (error) {
      const metadataUrl = deps.resourceMetadataUrl(ctx.credentials.url);
      return reject(ctx, asCallError(error, metadataUrl), deps);
    }
  });

// Only for an authenticated agent: an unregistered one's request costs no query.
const catchUp = async (ctx: ToolCallContext, deps: CallDeps): Promise<void> => {
  const epoch = await deps.snapshots.epochNow();
  if (epoch <= ctx.snapshot.epoch) return;
  ctx.minimumEpoch = epoch;
  await authenticate(ctx, deps);
};
