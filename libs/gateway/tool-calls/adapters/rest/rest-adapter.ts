import type { CallMethod } from '#libs/engine/ledger';
import type { RpcError } from '#libs/engine/upstream';
import type { Json } from '#libs/platform/kernel';
import type { CallEnd, TerminatedEnd } from '../../call-end.js';
import type { Adapter, ToolCallContext, RequestedCall } from '../../tool-call-context.js';
import type { CallError } from '../../errors.js';
import type { RequestContent } from '../../own-credentials.js';
import { terminatedReply } from '../call-terminated.js';
import { decisionView } from '../decision-view.js';
import { jsonReply, type HttpReply, type HttpRequest } from '../../http.js';
import { problemReply } from './problem.js';
import { readRestCall } from './rest-request.js';

/** The plain HTTP adapter: `POST /v1/tool-calls` and its siblings. */
export class RestAdapter implements Adapter {
  readonly protocol = 'rest';
  readonly presentedSession = null;
  #body: Uint8Array | null = null;
  #values: readonly Json[] = [];

  constructor(
    readonly method: CallMethod,
    private readonly http: HttpRequest,
  ) {}

  get content(): RequestContent {
    const { query } = this.http;
    return {
      body: this.#body,
      values: this.#values,
      query: query.size === 0 ? [] : [...query].flat(),
    };
  }

  get givenUp(): AbortSignal {
    return this.http.closed;
  }

  get requestId(): null {
    return null;
  }

  listen(): undefined {
    return undefined;
  }

  async read(): Promise<RequestedCall> {
    this.#body = await this.http.readBody();
    const call = readRestCall(this.http.headers, this.#body);
    this.#values = [call.server, call.tool, call.arguments];
    return call;
  }

  answer(ctx: ToolCallContext): HttpReply {
    const { end } = ctx;
    if (end === undefined) return denied(ctx);
    return 'termination' in end ? terminated(ctx, end) : ended(ctx, end);
  }

  reject(failure: CallError, ctx: ToolCallContext): HttpReply {
    const { problems, challenge } = failure.details;
    const isCall = ctx.knownRequest !== undefined && ctx.knownCaller !== null;
    return problemReply(
      failure.status,
      failure.code,
      failure.message,
      {
        ...(failure.reason === failure.code ? {} : { reason: failure.reason }),
        ...(problems === undefined ? {} : { problems }),
        ...(isCall ? { callId: ctx.callId } : {}),
      },
      {
        ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
        ...(failure.status === 503 ? { 'retry-after': '1' } : {}),
      },
    );
  }
}

const terminated = ({ callId }: ToolCallContext, end: TerminatedEnd): HttpReply => {
  const { status, code, message, reason } = terminatedReply(end);
  return problemReply(status, code, message, { reason, callId });
};

const denied = ({ callId, decision }: ToolCallContext): HttpReply => {
  const { reason, code, principal, rule, remedy } = decision;
  return problemReply(403, 'denied', reason, {
    reason,
    decisionCode: code,
    principal,
    rule,
    remedy,
    callId,
  });
};

const TOOL_ERROR_STATUS: Readonly<Record<number, number>> = {
  [-32602]: 400, // invalid params
  [-32002]: 404, // resource not found
};

const toolError = ({ callId }: ToolCallContext, error: RpcError): HttpReply => {
  const { code, message } = error;
  const detail = `The tool server answered with error ${String(code)}: ${message}`;
  const status = TOOL_ERROR_STATUS[code] ?? 502;
  return problemReply(status, 'tool_error', detail, { callId, toolError: error });
};

const ended = (ctx: ToolCallContext, end: CallEnd): HttpReply => {
  const { callId } = ctx;
  if ('result' in end) {
    const { content, structuredContent, isError, error, meta } = end.result;
    if (error !== undefined) return toolError(ctx, error);
    return jsonReply(200, {
      id: callId,
      content,
      ...(structuredContent === undefined ? {} : { structuredContent }),
      isError,
      ...(meta === undefined ? {} : { _meta: meta }),
      decision: decisionView(ctx),
    });
  }
  if ('isInvalid' in end && end.isInvalid)
    return problemReply(400, 'invalid_arguments', end.message, { callId });
  if (end.outcome === 'upstream_error')
    return problemReply(502, 'upstream_failed', end.message, { callId });
  return problemReply(
    504,
    'outcome_unknown',
    `${end.message} The call may have taken effect: look at the tool server before you call again.`,
    { reason: end.outcome, callId },
  );
};
