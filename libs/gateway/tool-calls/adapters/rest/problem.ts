import { STATUS_CODES } from 'node:http';
import type { RpcError } from '#libs/engine/upstream';
import type { Problem } from '#libs/platform/kernel';
import { currentTraceId } from '#libs/platform/telemetry';
import type { HttpReply } from '../../http.js';

/** What a problem says beside its status and code. */
export interface ProblemExtras {
  reason?: string;
  decisionCode?: string;
  principal?: 'agent' | 'person';
  rule?: string | null;
  remedy?: string | null;
  problems?: readonly Problem[];
  callId?: string;
  /** The JSON-RPC error of a tool server, as it came. */
  toolError?: RpcError;
}

/** RFC 9457 problem details with a stable code, a sentence and the trace id. */
export const problemReply = (
  status: number,
  code: string,
  detail: string,
  extras: ProblemExtras = {},
  headers: Readonly<Record<string, string>> = {},
): HttpReply => {
  const traceId = currentTraceId();
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    },
    body: JSON.stringify({
      type: `urn:gatehouse:problem:${code}`,
      title: STATUS_CODES[status] ?? 'Error',
      status,
      code,
      detail,
      ...(traceId === undefined ? {} : { traceId }),
      ...extras,
    }),
  };
};
