/**
 * What was asked for is accepted and not done: answered 202 with this body. Thrown, so that nothing that follows a
 * change takes it for one.
 */
export class AcceptedError extends Error {
  override readonly name: string = 'AcceptedError';
  constructor(
    message: string,
    readonly body: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}
