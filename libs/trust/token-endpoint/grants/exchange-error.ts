import { OAuthError } from '../endpoint/oauth-error.js';

/** RFC 8693 §2.2.2: a subject or actor token that is not acceptable, for whatever reason, is this error. */
export const unacceptable = (message: string): OAuthError =>
  new OAuthError('invalid_request', message);
