import { DomainError } from '#libs/platform/kernel';

/** The error codes of RFC 8935 §2.4 (and, in acknowledgements, RFC 8936 §2.4.4). */
export type SetErrorCode =
  | 'invalid_request'
  | 'invalid_key'
  | 'invalid_issuer'
  | 'invalid_audience'
  | 'authentication_failed';

/** A Security Event Token that is not taken; the sentence is for the transmitter. */
export class SetError extends DomainError {
  constructor(
    readonly err: SetErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super('invalid_input', message, options);
  }
}

/** A poll without a readable answer: the transmitter is down, or speaks something else. */
export class PollFailedError extends Error {
  override readonly name = 'PollFailedError';
}
