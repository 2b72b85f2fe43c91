import { DomainError, type Problem } from '#libs/platform/kernel';

/** A body that is not what its address takes: unreadable, or of another structure. */
export class BodyError extends DomainError {
  constructor(message: string, options: { problems?: readonly Problem[] } = {}) {
    super('invalid_input', message, options);
  }
}

/** An answer that is not what its route declares: our mistake, never shown to the caller. */
export class ResponseMismatchError extends Error {
  override readonly name = 'ResponseMismatchError';
}
