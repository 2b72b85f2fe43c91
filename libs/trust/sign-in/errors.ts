/** The IdP's answer is good, but not good enough here; `code` says why, for the log. */
export class SignInError extends Error {
  override readonly name = 'SignInError';

  constructor(readonly code: string) {
    super(`a sign-in was rejected: ${code}`);
  }
}
