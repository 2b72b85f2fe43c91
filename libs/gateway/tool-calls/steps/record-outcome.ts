import { createHash } from 'node:crypto';
import type { CallOutcomeInput } from '#libs/engine/ledger';
import type { ExactJson } from '#libs/platform/kernel';
import type { CallDeps } from '../deps.js';
import type { CallEnd, ToolResult } from '../call-end.js';
import type { ToolCallContext } from '../tool-call-context.js';
import { CallError } from '../errors.js';
import type { ToolCallStep } from './step.js';

const MAX_RECORDED_BYTES = 512 * 1024;

/** Records how a forwarded call ended; its caller may have disconnected by now. */
export const recordOutcome: ToolCallStep = async (ctx, deps) => {
  if (ctx.end === undefined) return;
  await writeOutcome(ctx, ctx.end, deps);
};

/**
 * Writes one outcome, or fails with a sentence that says what may have happened. Given once: what could not
 * be written is written by the ledger's writer as soon as it can (invariant A11).
 */
export const writeOutcome = async (
  ctx: ToolCallContext,
  end: CallEnd,
  { calls }: CallDeps,
): Promise<void> => {
  ctx.isOutcomeGiven = true;
  try {
    await calls.append(outcomeOf(ctx, end));
  } catch (error) {
    throw new CallError(
      'outcome_not_recorded',
      'The call was sent and may have taken effect, but its outcome could not be recorded. ' +
        'Look at the tool server before you call again.',
      { cause: error },
    );
  }
};

const outcomeOf = (ctx: ToolCallContext, end: CallEnd): CallOutcomeInput => ({
  type: 'call.outcome',
  callId: ctx.callId,
  actor: { kind: 'agent', id: ctx.agent.id },
  subject: { kind: 'tool', id: ctx.tool.id },
  data: {
    outcome: end.outcome,
    durationMs: Math.round(performance.now() - ctx.startedAtMs),
    ...('termination' in end ? { cause: end.termination.reason } : {}),
  },
  payloads: { result: 'result' in end ? recorded(end.result) : { message: end.message } },
});

// A result that the ledger could not hold must not keep its outcome out of the ledger.
const recorded = ({ content, structuredContent, error }: ToolResult): ExactJson => {
  const result =
    error === undefined
      ? {
          content: [...content],
          ...(structuredContent === undefined ? {} : { structuredContent }),
        }
      : { error: { ...error } };
  const text = JSON.stringify(result);
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_RECORDED_BYTES) return result;
  return { omitted: true, bytes, sha256: createHash('sha256').update(text).digest('hex') };
};
