import { ArgumentError, UpstreamError } from '#libs/engine/upstream';
import { upstreamDuration } from '../call-metrics.js';
import type { CallDeps } from '../deps.js';
import type { CallEnd, Termination, ToolResult } from '../call-end.js';
import type { CallListener, ToolCallContext } from '../tool-call-context.js';
import type { ToolCallStep } from './step.js';

/**
 * Sends the evaluated arguments, and nothing else of the request, to the tool server (invariants G2, I2),
 * and stops waiting for it as soon as the right to the call is revoked (I3).
 */
export const forward: ToolCallStep = async (ctx, deps) => {
  if (!ctx.canForward) return;
  const stop = upstreamDuration.startTimer();
  ctx.end = await deps.openCalls.run(ctx, (signal) => send(ctx, deps, signal));
  stop({ outcome: ctx.end.outcome });
};

const send = async (
  ctx: ToolCallContext,
  { upstreams, sessions, upstreamTimeoutMs, upstreamMaxMs }: CallDeps,
  signal: AbortSignal,
): Promise<CallEnd> => {
  let isSent = false;
  if (signal.aborted) return terminated(signal, isSent);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(new Error('terminated'));
  signal.addEventListener('abort', onAbort, { once: true });
  const listener = ctx.tool.server.kind === 'mcp' ? ctx.adapter.listen(ctx) : undefined;
  if (listener?.wantsProgress === true) listener.open();
  try {
    const call = upstreams.call({
      ...(listener === undefined ? {} : heardBy(listener)),
      tool: ctx.tool,
      arguments: ctx.arguments,
      session: sessionOf(ctx),
      keptSession:
        ctx.session === null ? undefined : sessions.upstream(ctx.session, ctx.tool.server),
      timeoutMs: upstreamTimeoutMs,
      maxMs: upstreamMaxMs,
      signal,
      onSent: () => {
        isSent = true;
      },
    });
    // However long a tool server takes to give up: the caller is answered now.
    return ended(await Promise.race([call, aborted]));
  } catch (error) {
    return signal.aborted ? terminated(signal, isSent) : failed(error, isSent);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

const heardBy = (listener: CallListener) => ({
  wantsProgress: listener.wantsProgress,
  logLevel: listener.logLevel,
  onNotification: listener.onNotification?.bind(listener),
  onRequest: listener.onRequest?.bind(listener),
});

// A client's session is one of its own at each tool server; what belongs to none shares the caller's.
const sessionOf = ({ session, agent, onBehalfOf }: ToolCallContext): string =>
  session?.digest ?? (onBehalfOf === null ? agent.id : `${agent.id} for ${onBehalfOf.person.id}`);

const ended = (result: ToolResult): CallEnd => ({
  outcome: result.isError ? 'tool_error' : 'succeeded',
  result,
});

const terminated = (signal: AbortSignal, isSent: boolean): CallEnd => {
  const termination = signal.reason as Termination;
  return {
    outcome: isSent ? 'unknown' : 'upstream_error',
    message: `The call was terminated. ${termination.message}`,
    termination,
  };
};

// What may have taken effect is never called a plain failure (invariant A11).
const failed = (error: unknown, isSent: boolean): CallEnd => {
  if (error instanceof ArgumentError && !isSent)
    return { outcome: 'upstream_error', message: error.message, isInvalid: true };
  const message =
    error instanceof UpstreamError ? error.message : 'The exchange with the tool server failed.';
  const isHarmless = error instanceof UpstreamError ? error.effect === 'none' : !isSent;
  if (isHarmless) return { outcome: 'upstream_error', message };
  const isLate = error instanceof UpstreamError && error.code === 'upstream_timeout';
  return { outcome: isLate ? 'timeout' : 'unknown', message };
};
