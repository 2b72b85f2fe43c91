import { UpstreamError } from '#libs/upstream';
import { upstreamDuration } from '../call-metrics.js';
import type { CallEnd, ToolResult } from '../exchange.js';
import type { Step } from './step.js';

/** Sends the judged arguments, and nothing else of the request, to the tool server (invariants G2, I2). */
export const forward: Step = async (exchange, { upstreams, upstreamTimeoutMs }) => {
  if (!exchange.mayForward) return;
  const stop = upstreamDuration.startTimer();
  let isSent = false;
  exchange.end = await upstreams
    .call({
      tool: exchange.tool,
      arguments: exchange.arguments,
      session: exchange.agent.agent.id,
      timeoutMs: upstreamTimeoutMs,
      onSent: () => {
        isSent = true;
      },
    })
    .then(ended, (error: unknown) => failed(error, isSent));
  stop({ outcome: exchange.end.outcome });
};

const ended = (result: ToolResult): CallEnd => ({
  outcome: result.isError ? 'tool_error' : 'succeeded',
  result,
});

// What may have taken effect is never called a plain failure (invariant A11).
const failed = (error: unknown, isSent: boolean): CallEnd => {
  const message =
    error instanceof UpstreamError ? error.message : 'The exchange with the tool server failed.';
  const isHarmless = error instanceof UpstreamError ? error.effect === 'none' : !isSent;
  if (isHarmless) return { outcome: 'upstream_error', message };
  const isLate = error instanceof UpstreamError && error.code === 'upstream_timeout';
  return { outcome: isLate ? 'timeout' : 'unknown', message };
};
