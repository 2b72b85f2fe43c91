import type { CallInvalidInput } from '#libs/engine/ledger';
import { toolKey } from '#libs/engine/policy';
import { asCallError } from './as-call-error.js';
import type { OnBehalfOf } from './caller/caller.js';
import type { CallDeps } from './deps.js';
import type { HttpReply } from './http.js';
import type { ToolCallContext, RequestedCall } from './tool-call-context.js';
import type { CallError } from './errors.js';
import { authenticate } from './steps/authenticate.js';

const MAX_ASKED_LENGTH = 128;

/**
 * Records a request that was not carried out, and answers it. A known agent's rejection is an entry;
 * a request without a known agent is only counted (ADR 9).
 */
export const reject = async (
  ctx: ToolCallContext,
  failure: CallError,
  deps: CallDeps,
): Promise<HttpReply> => {
  const final = await record(ctx, await attributed(ctx, failure, deps), deps);
  if (final.code === 'internal')
    deps.logger.error({ err: final.details.cause }, 'a request failed unexpectedly');
  else if (final.status === 503)
    deps.logger.warn({ code: final.code, reason: final.reason }, 'a request was not carried out');
  return ctx.adapter.reject(final, ctx);
};

// A request that cannot be read still has a caller: a bad token is 401 whatever else is wrong (I9), and
// an agent's unreadable request is an entry of that agent (G11).
const attributed = async (
  ctx: ToolCallContext,
  failure: CallError,
  deps: CallDeps,
): Promise<CallError> => {
  if (ctx.isTokenEvaluated) return failure;
  try {
    await authenticate(ctx, deps);
    return failure;
  } catch (error) {
    return asCallError(error, deps.resourceMetadataUrl(ctx.credentials.url));
  }
};

const record = async (
  ctx: ToolCallContext,
  failure: CallError,
  { calls, rejections, resourceMetadataUrl }: CallDeps,
): Promise<CallError> => {
  const isDecided = ctx.intent !== undefined;
  if (isDecided) return failure;
  // What is unavailable is most likely the ledger itself; counts are kept until it is back.
  if (ctx.knownCaller === null || failure.code === 'unavailable') {
    rejections.count(failure.reason, ctx.credentials.source);
    return failure;
  }
  try {
    await calls.append(rejectionOf(ctx, failure));
    return failure;
  } catch (error) {
    // What cannot be recorded is not answered as if it were.
    rejections.count('unavailable', ctx.credentials.source);
    return asCallError(error, resourceMetadataUrl(ctx.credentials.url));
  }
};

const rejectionOf = (ctx: ToolCallContext, failure: CallError): CallInvalidInput => {
  const { agent, binding, onBehalfOf } = ctx.caller;
  const { method } = ctx.adapter;
  const asked = ctx.knownRequest;
  const tool = ctx.knownTool ?? (asked && registered(ctx, asked));
  return {
    type: 'call.invalid',
    callId: ctx.callId,
    actor: { kind: 'agent', id: agent.id },
    ...(tool ? { subject: { kind: 'tool', id: tool.id } } : {}),
    data: {
      code: failure.code,
      protocol: ctx.adapter.protocol,
      server: tool?.server.slug ?? null,
      tool: tool?.name ?? null,
      bindingId: binding.id,
      ...(onBehalfOf === null ? {} : forWhom(onBehalfOf)),
      ...(method === null ? {} : { method }),
    },
    payloads: {
      explanation: {
        reason: failure.message,
        // The caller's own words, so they are in the part that can be erased.
        ...(asked && !tool ? { server: clip(asked.server), tool: clip(asked.tool) } : {}),
        ...(failure.details.problems
          ? { problems: failure.details.problems.map(({ path, message }) => ({ path, message })) }
          : {}),
      },
    },
  };
};

const forWhom = ({ person, actors }: OnBehalfOf) => ({
  personId: person.id,
  ...(actors.length === 1 ? {} : { actors }),
});

// An agent that may call nothing is rejected before its tool is looked up; the reader of the ledger
// is told all the same which one it was.
const registered = ({ snapshot }: ToolCallContext, { server, tool }: RequestedCall) =>
  snapshot.tools.get(toolKey({ server, name: tool }));

const clip = (text: string): string => text.slice(0, MAX_ASKED_LENGTH).toWellFormed();
