import type { CallRefusedInput } from '#libs/engine/ledger';
import { toolKey } from '#libs/engine/policy';
import { asFailure } from './as-failure.js';
import type { CallDeps } from './deps.js';
import type { HttpReply } from './doors/http.js';
import type { Exchange, RequestedCall } from './exchange.js';
import type { CallFailure } from './failure.js';
import { authenticate } from './steps/authenticate.js';

const MAX_ASKED_LENGTH = 128;

/**
 * Records a request that was not carried out, and answers it. A known agent's refusal is an entry;
 * whoever has no name is only counted (DESIGN.md, hard part 7).
 */
export const refuse = async (
  exchange: Exchange,
  failure: CallFailure,
  deps: CallDeps,
): Promise<HttpReply> => {
  const final = await record(exchange, await attributed(exchange, failure, deps), deps);
  if (final.code === 'internal')
    deps.logger.error({ err: final.details.cause }, 'a request failed unexpectedly');
  else if (final.status === 503)
    deps.logger.warn({ code: final.code, reason: final.reason }, 'a request was not carried out');
  return exchange.door.refuse(final, exchange);
};

// A request that cannot be read still has a caller: a bad token is 401 whatever else is wrong (I9), and
// an agent's unreadable request is an entry of that agent (G11).
const attributed = async (
  exchange: Exchange,
  failure: CallFailure,
  deps: CallDeps,
): Promise<CallFailure> => {
  if (exchange.isTokenJudged) return failure;
  try {
    await authenticate(exchange, deps);
    return failure;
  } catch (error) {
    return asFailure(error, deps.resourceMetadataUrl(exchange.credentials.url));
  }
};

const record = async (
  exchange: Exchange,
  failure: CallFailure,
  { calls, refusals, resourceMetadataUrl }: CallDeps,
): Promise<CallFailure> => {
  const isDecided = exchange.intent !== undefined;
  if (isDecided) return failure;
  // What is unavailable is most likely the ledger itself; counts are kept until it is back.
  if (exchange.knownCaller === null || failure.code === 'unavailable') {
    refusals.count(failure.reason, exchange.credentials.source);
    return failure;
  }
  try {
    await calls.append(refusalOf(exchange, failure));
    return failure;
  } catch (error) {
    // What cannot be recorded is not answered as if it were.
    refusals.count('unavailable', exchange.credentials.source);
    return asFailure(error, resourceMetadataUrl(exchange.credentials.url));
  }
};

const refusalOf = (exchange: Exchange, failure: CallFailure): CallRefusedInput => {
  const { agent, binding, onBehalfOf } = exchange.caller;
  const { method } = exchange.door;
  const asked = exchange.knownRequest;
  const tool = exchange.knownTool ?? (asked && registered(exchange, asked));
  return {
    type: 'call.refused',
    callId: exchange.callId,
    actor: { kind: 'agent', id: agent.id },
    ...(tool ? { subject: { kind: 'tool', id: tool.id } } : {}),
    data: {
      code: failure.code,
      door: exchange.door.kind,
      server: tool?.server.slug ?? null,
      tool: tool?.name ?? null,
      bindingId: binding.id,
      ...(onBehalfOf === null ? {} : { personId: onBehalfOf.person.id }),
      ...(method === null ? {} : { method }),
    },
    payloads: {
      explanation: {
        reason: failure.message,
        // The caller's own words, so they lie in the part that can be erased.
        ...(asked && !tool ? { server: clip(asked.server), tool: clip(asked.tool) } : {}),
        ...(failure.details.problems
          ? { problems: failure.details.problems.map(({ path, message }) => ({ path, message })) }
          : {}),
      },
    },
  };
};

// An agent that may call nothing is turned away before its tool is looked up; the reader of the ledger
// is told all the same which one it was.
const registered = ({ snapshot }: Exchange, { server, tool }: RequestedCall) =>
  snapshot.tools.get(toolKey({ server, name: tool }));

const clip = (text: string): string => text.slice(0, MAX_ASKED_LENGTH).toWellFormed();
