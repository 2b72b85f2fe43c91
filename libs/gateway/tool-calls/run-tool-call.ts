import { withSpan } from '#libs/platform/telemetry';
import { asCallError } from './as-call-error.js';
import { callDuration, callsTotal } from './call-metrics.js';
import type { CallDeps } from './deps.js';
import { CALL_ID_HEADER, type HttpReply } from './http.js';
import type { ToolCallContext } from './tool-call-context.js';
import { reject } from './reject.js';
import { writeOutcome } from './steps/record-outcome.js';
import { toolCallSteps } from './steps/tool-call-steps.js';

/** Runs a tool call through its steps. It always answers, and never throws. */
export const runToolCall = (ctx: ToolCallContext, deps: CallDeps): Promise<HttpReply> =>
  withSpan('tools/call', { 'mcp.method.name': 'tools/call' }, async (span) => {
    try {
      for (const step of toolCallSteps) await step(ctx, deps);
    } catch (error) {
      await endForwarded(ctx, deps);
      ctx.reply = await reject(
        ctx,
        asCallError(error, deps.resourceMetadataUrl(ctx.credentials.url)),
        deps,
      );
    }
    const tool = ctx.knownTool;
    if (tool) span.setAttribute('gen_ai.tool.name', `${tool.server.slug}/${tool.name}`);
    span.setAttribute('gatehouse.call.id', ctx.callId);
    measure(ctx);
    return withCallId(ctx);
  });

// An unknown caller has no entry to look up.
const withCallId = ({ reply, knownCaller, callId }: ToolCallContext): HttpReply =>
  knownCaller === null
    ? reply
    : { ...reply, headers: { ...reply.headers, [CALL_ID_HEADER]: callId } };

// A step that failed after the call was sent must not leave it without an outcome (invariant A11).
const endForwarded = async (ctx: ToolCallContext, deps: CallDeps): Promise<void> => {
  if (!ctx.canForward || ctx.isOutcomeGiven) return;
  const failed = { outcome: 'unknown', message: 'The gateway failed half-way.' } as const;
  await writeOutcome(ctx, ctx.end ?? failed, deps).catch(() => undefined);
};

const measure = (ctx: ToolCallContext): void => {
  const protocol = ctx.adapter.protocol;
  const decision = ctx.intent === undefined ? 'invalid' : ctx.decision.effect;
  callsTotal.inc({ protocol, decision, outcome: ctx.end?.outcome ?? 'none' });
  callDuration.observe({ protocol }, (performance.now() - ctx.startedAtMs) / 1000);
};
