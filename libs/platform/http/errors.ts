/** An answer that is not what its route declares: our mistake, never shown to the caller. */
export class ResponseMismatchError extends Error {
  override readonly name = 'ResponseMismatchError';
}
