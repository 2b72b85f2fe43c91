import { setTimeout as sleep } from 'node:timers/promises';
import type { McpSession } from '#libs/gateway/mcp-sessions';
import { assertStillAuthorized } from '../../caller/still-authorized.js';
import type { CallDeps } from '../../deps.js';
import { CallError } from '../../errors.js';
import type { EventStream, HttpRequest } from '../../http.js';
import type { ToolCallContext } from '../../tool-call-context.js';
import { audibleServer, listDigest } from './stream-rights.js';
import { UpstreamStream } from './upstream-stream.js';

const LOOK_EVERY_MS = 2_000;

/** Whose stream it is. */
interface StreamOwner {
  readonly ctx: ToolCallContext;
  readonly session: McpSession;
}

/**
 * Keeps a session's stream open until its client goes, the session ends, a newer stream takes its place, or the
 * caller is not authorized any more (invariant I3).
 */
export const serveStream = async (
  http: HttpRequest,
  { ctx, session }: StreamOwner,
  deps: CallDeps,
): Promise<void> => {
  const over = new AbortController();
  const end = (): void => over.abort();
  const release = await deps.sessions.hold(session, end);
  if (release === null)
    throw new CallError(
      'too_many_streams',
      'Too many streams of this caller are open here. Close those that nobody reads.',
    );
  const stream = http.openStream();
  try {
    await deps.openCalls.run(ctx, async (terminated) => {
      const ends = [stream.closed, http.stopping, terminated];
      for (const signal of ends) signal.addEventListener('abort', end, { once: true });
      if (ends.some(({ aborted }) => aborted)) end();
      await tell(stream, { ctx, session }, deps, over.signal);
    });
  } finally {
    end();
    release();
  }
};

// What it is told: that its list of tools changed, and what its tool server says to it.
const tell = async (
  stream: EventStream,
  { ctx, session }: StreamOwner,
  deps: CallDeps,
  over: AbortSignal,
): Promise<void> => {
  const upstream = new UpstreamStream(stream, { ctx, session }, deps, over);
  let { epoch } = ctx.snapshot;
  let listed = listDigest(ctx, session.server);
  while (!over.aborted) {
    upstream.follow(audibleServer(ctx, session.server));
    await sleep(LOOK_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted || !isStillAuthorized(ctx, deps)) return;
    if (ctx.snapshot.epoch === epoch) continue;
    ({ epoch } = ctx.snapshot);
    const now = listDigest(ctx, session.server);
    if (now === listed) continue;
    listed = now;
    await stream.send(
      JSON.stringify({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }),
    );
  }
};

// What ends by the clock alone: the token, the agent, a delegation.
const isStillAuthorized = (ctx: ToolCallContext, { clock }: CallDeps): boolean => {
  ctx.now = clock.now();
  try {
    assertStillAuthorized(ctx.caller, ctx.snapshot, ctx.now);
    return true;
  } catch {
    return false;
  }
};
