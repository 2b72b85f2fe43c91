import { STATUS_CODES } from 'node:http';
import { DomainError, type DomainErrorCode } from '#libs/platform/kernel';
import type { z } from 'zod';
import type { problemSchema } from '../schemas.js';

/** RFC 9457 problem details as we answer them. */
export type ProblemDetails = z.infer<typeof problemSchema>;

const STATUS: Record<DomainErrorCode, number> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal: 500,
  upstream_failed: 502,
  unavailable: 503,
  upstream_timeout: 504,
};

/** The HTTP status of a domain error. */
export const statusOf = (code: DomainErrorCode): number => STATUS[code];

/** The problem document of a domain error; its message is meant for the caller. */
export const problemOf = (error: DomainError, traceId: string | undefined): ProblemDetails => {
  const status = STATUS[error.code];
  return {
    type: `urn:gatehouse:problem:${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.message,
    ...(traceId === undefined ? {} : { traceId }),
    ...(error.problems.length === 0 ? {} : { problems: [...error.problems] }),
  };
};
