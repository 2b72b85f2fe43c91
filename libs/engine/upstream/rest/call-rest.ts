import type { JsonObject } from '#libs/platform/kernel';

import { readBytes } from '../outbound/answer-reader.js';
import type { Outbound } from '../outbound/outbound.js';
import type { UpstreamResult } from '../upstream-result.js';
import type { RestOperation } from './operation.js';
import { answerOf } from './rest-answer.js';
import { restRequest } from './rest-request.js';

/** One call of a REST tool; headers of the caller have no place in it (I2). */
export interface RestCall {
  baseUrl: string;
  operation: RestOperation;
  arguments: JsonObject;
  /** The arguments that people allowed to hold slashes in the path. */
  slashArguments?: readonly string[];
  timeoutMs: number;
  signal?: AbortSignal;
  onSent?: () => void;
}

/**
 * Calls a REST tool. Any answer of the service is a result: 4xx and 5xx with `isError`, the status and
 * the beginning of the body.
 * @throws DomainError `invalid_input` for arguments that make no request; UpstreamError for no answer
 */
export const callRest = async (outbound: Outbound, call: RestCall): Promise<UpstreamResult> => {
  const { operation, timeoutMs, signal, onSent } = call;
  const { url, path, headers, body } = restRequest(
    outbound.assertUrl(call.baseUrl),
    operation,
    call.arguments,
    call.slashArguments,
  );
  return outbound.send(
    {
      url,
      path,
      method: operation.method,
      headers: { ...headers, accept: operation.accept, 'user-agent': 'gatehouse' },
      body,
      timeoutMs,
      signal,
      onSent,
    },
    (head) => readBytes((bytes) => answerOf(head, bytes)),
  );
};
