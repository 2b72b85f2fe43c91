import { withSpan } from '#libs/platform/telemetry';
import { asFailure } from './as-failure.js';
import { callDuration, callsTotal } from './call-metrics.js';
import type { CallDeps } from './deps.js';
import type { HttpReply } from './doors/http.js';
import type { Exchange } from './exchange.js';
import { refuse } from './refuse.js';
import { writeOutcome } from './steps/record-outcome.js';
import { toolCallSteps } from './steps/tool-call-steps.js';

/** Runs a tool call through its steps. It always answers, and never throws. */
export const runToolCall = (exchange: Exchange, deps: CallDeps): Promise<HttpReply> =>
  withSpan('tools/call', { 'mcp.method.name': 'tools/call' }, async (span) => {
    try {
      for (const step of toolCallSteps) await step(exchange, deps);
    } catch (error) {
      await endForwarded(exchange, deps);
      exchange.reply = await refuse(
        exchange,
        asFailure(error, deps.resourceMetadataUrl(exchange.credentials.url)),
        deps,
      );
    }
    const tool = exchange.knownTool;
    if (tool) span.setAttribute('gen_ai.tool.name', `${tool.server.slug}/${tool.name}`);
    span.setAttribute('gatehouse.call.id', exchange.callId);
    measure(exchange);
    return exchange.reply;
  });

// A step that failed after the call was sent must not leave it without an outcome (invariant A11).
const endForwarded = async (exchange: Exchange, deps: CallDeps): Promise<void> => {
  if (!exchange.mayForward || exchange.isEnded || exchange.end !== undefined) return;
  const end = { outcome: 'unknown', message: 'The gateway failed half-way.' } as const;
  await writeOutcome(exchange, end, deps).catch(() => undefined);
};

const measure = (exchange: Exchange): void => {
  const door = exchange.door.kind;
  const decision = exchange.intent === undefined ? 'refused' : exchange.decision.effect;
  callsTotal.inc({ door, decision, outcome: exchange.end?.outcome ?? 'none' });
  callDuration.observe({ door }, (performance.now() - exchange.startedAtMs) / 1000);
};
