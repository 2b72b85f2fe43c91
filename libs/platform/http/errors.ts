import { DomainError, type Problem } from '#libs/platform/kernel';

/** A body that is not what its address takes: unreadable, or of another structure. */
export class BodyError extends DomainError {
  constructor(message: string, options: { problems?: readonly Problem[] } = {}) {
    super('invalid_input', message, options);
  }
}

/** The answer to a body that is larger than it may be. */
export const bodyTooLarge = (maxBytes: number): DomainError => {
  const megabytes = maxBytes / 1_048_576;
  const size = megabytes >= 1 ? `${megabytes} MB` : `${maxBytes / 1_024} KB`;
  return new DomainError(
    'payload_too_large',
    `The body is larger than ${size}: send less at once.`,
  );
};

/** An answer that is not what its route declares: our mistake, never shown to the caller. */
export class ResponseMismatchError extends Error {
  override readonly name = 'ResponseMismatchError';
}
