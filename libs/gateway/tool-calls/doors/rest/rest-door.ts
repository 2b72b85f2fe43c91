import type { CallMethod } from '#libs/engine/ledger';
import type { CallEnd, CutOffEnd, Door, Exchange, RequestedCall } from '../../exchange.js';
import type { CallFailure } from '../../failure.js';
import { cutOffAnswer } from '../cut-off.js';
import { decisionView } from '../decision-view.js';
import { jsonReply, type HttpReply, type HttpRequest } from '../http.js';
import { problemReply } from './problem.js';
import { readRestCall } from './rest-request.js';

/** The plain HTTP door: `POST /v1/tool-calls` and its siblings. */
export class RestDoor implements Door {
  readonly kind = 'rest';

  constructor(
    readonly method: CallMethod,
    private readonly http: HttpRequest,
  ) {}

  async read(): Promise<RequestedCall> {
    return readRestCall(this.http.headers, await this.http.readBody());
  }

  answer(exchange: Exchange): HttpReply {
    const { end } = exchange;
    if (end === undefined) return denied(exchange);
    return 'cut' in end ? cutOff(exchange, end) : ended(exchange, end);
  }

  refuse(failure: CallFailure, exchange: Exchange): HttpReply {
    const { problems, challenge } = failure.details;
    const isCall = exchange.knownRequest !== undefined && exchange.knownCaller !== null;
    return problemReply(
      failure.status,
      failure.code,
      failure.message,
      {
        ...(failure.reason === failure.code ? {} : { reason: failure.reason }),
        ...(problems === undefined ? {} : { problems }),
        ...(isCall ? { callId: exchange.callId } : {}),
      },
      {
        ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
        ...(failure.status === 503 ? { 'retry-after': '1' } : {}),
      },
    );
  }
}

const cutOff = ({ callId }: Exchange, end: CutOffEnd): HttpReply => {
  const { status, code, message, reason } = cutOffAnswer(end);
  return problemReply(status, code, message, { reason, callId });
};

const denied = ({ callId, decision }: Exchange): HttpReply => {
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

const ended = (exchange: Exchange, end: CallEnd): HttpReply => {
  const { callId } = exchange;
  if ('result' in end) {
    const { content, structuredContent, isError, meta } = end.result;
    return jsonReply(200, {
      id: callId,
      content,
      ...(structuredContent === undefined ? {} : { structuredContent }),
      isError,
      ...(meta === undefined ? {} : { _meta: meta }),
      decision: decisionView(exchange),
    });
  }
  if (end.outcome === 'upstream_error')
    return problemReply(502, 'upstream_failed', end.message, { callId });
  return problemReply(
    504,
    'outcome_unknown',
    `${end.message} The call may have taken effect: look at the tool server before you call again.`,
    { reason: end.outcome, callId },
  );
};
