import type { ExactJson, JsonObject } from '#libs/platform/kernel';

import { type AnswerHead, mediaTypeOf, readText } from '../outbound/answer-reader.js';
import type { Outbound } from '../outbound/outbound.js';
import { parseUpstreamJson } from '../parse-json.js';
import { textResult, type UpstreamResult } from '../upstream-result.js';
import type { RestOperation } from './operation.js';
import { restRequest } from './rest-request.js';

/** One call of a REST tool; headers of the caller have no place in it (I2). */
export interface RestCall {
  baseUrl: string;
  operation: RestOperation;
  arguments: JsonObject;
  timeoutMs: number;
  signal?: AbortSignal;
  onSent?: () => void;
}

const MAX_ERROR_TEXT = 4000;

/**
 * Calls a REST tool. Any answer of the service is a result: 4xx and 5xx with `isError`, the status and
 * the beginning of the body.
 * @throws DomainError `invalid_input` for arguments that make no request; UpstreamError for no answer
 */
export const callRest = async (outbound: Outbound, call: RestCall): Promise<UpstreamResult> => {
  const { operation, timeoutMs, signal, onSent } = call;
  const { url, path, body } = restRequest(
    outbound.assertUrl(call.baseUrl),
    operation,
    call.arguments,
  );
  return outbound.send(
    {
      url,
      path,
      method: operation.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'gatehouse',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body,
      timeoutMs,
      signal,
      onSent,
    },
    (head) => readText(head, (text) => resultOf(head, text)),
  );
};

const resultOf = (head: AnswerHead, text: string | null): UpstreamResult => {
  const status = `HTTP ${String(head.status)}`;
  const type = mediaTypeOf(head);
  const isText = type === '' || type.startsWith('text/') || /[/+](json|xml)$/.test(type);
  const what = isText ? 'that is not in UTF-8' : `of the type ${type.slice(0, 100)}`;
  const shown = isText && text !== null ? text : `(a body ${what}, which is not passed on)`;
  if (head.status >= 400)
    return textResult(
      `The service answered with ${status}. ${shown.slice(0, MAX_ERROR_TEXT)}`.trim(),
      true,
    );
  if (text === '') return textResult(`${status}, no content.`, false);
  const isJson = text !== null && /[/+]json$/.test(type);
  return textResult(shown, false, isJson ? jsonOrNothing(text) : undefined);
};

/** A success that is not quite JSON did happen: its text is passed on as it is. */
const jsonOrNothing = (text: string): ExactJson | undefined => {
  try {
    return parseUpstreamJson(text);
  } catch {
    return undefined;
  }
};
