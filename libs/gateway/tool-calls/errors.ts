import type { Problem } from '#libs/platform/kernel';

/** Why a request was answered without a decision, and the HTTP status that says so. Codes are stable. */
export const CALL_ERRORS = {
  unauthenticated: 401,
  unbound_token: 403,
  ambiguous_token: 403,
  agent_blocked: 403,
  agent_not_active: 403,
  unknown_person: 403,
  person_not_active: 403,
  person_not_proven: 403,
  person_mismatch: 403,
  delegation_not_in_force: 403,
  insufficient_scope: 403,
  not_found: 404,
  unknown_tool: 404,
  unknown_session: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  payload_too_large: 413,
  unsupported_media_type: 415,
  too_many_sessions: 429,
  too_many_streams: 429,
  invalid_request: 400,
  invalid_arguments: 400,
  credential_in_call: 400,
  not_supported: 400,
  upstream_failed: 502,
  outcome_unknown: 504,
  outcome_not_recorded: 503,
  tool_unavailable: 503,
  unavailable: 503,
  internal: 500,
} as const;

/** One of the keys of {@link CALL_ERRORS}. */
export type CallErrorCode = keyof typeof CALL_ERRORS;

/** What a failure says beside its sentence. */
export interface CallErrorDetails {
  /** Finer than the code: goes into counted rejections. */
  reason?: string;
  problems?: readonly Problem[];
  /** RFC 6750's `WWW-Authenticate`, for 401 and for a scope that is too narrow. */
  challenge?: string;
  cause?: unknown;
}

/** A request that was not carried out; `message` tells the caller what is wrong and what to do. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly status: number;

  constructor(
    readonly code: CallErrorCode,
    message: string,
    readonly details: CallErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.status = CALL_ERRORS[code];
  }

  get reason(): string {
    return this.details.reason ?? this.code;
  }
}
