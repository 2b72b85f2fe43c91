/**
 * The closed list of what can go wrong in a use case. Codes are stable: they appear in API answers
 * and in the ledger. Services throw them; one filter per protocol maps them to a wire form.
 */
export const DOMAIN_ERROR_CODES = [
  'invalid_input',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'precondition_failed',
  'payload_too_large',
  'unsupported_media_type',
  'method_not_allowed',
  'rate_limited',
  'upstream_failed',
  'upstream_timeout',
  'unavailable',
  'internal',
] as const;

/** One of {@link DOMAIN_ERROR_CODES}. */
export type DomainErrorCode = (typeof DOMAIN_ERROR_CODES)[number];

/** One thing wrong with an input: where (a path such as `bindings.0.subject`) and what. */
export interface Problem {
  path: string;
  message: string;
}

/**
 * A failure that a caller may be told about. `message` says what is wrong and what to do next, in a
 * sentence, and never carries a secret, SQL or a stack.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: DomainErrorCode;
  readonly problems: readonly Problem[];

  constructor(
    code: DomainErrorCode,
    message: string,
    options: { problems?: readonly Problem[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.problems = options.problems ?? [];
  }
}
