import { AuthorizationError } from '#libs/trust/authorization-liveness';
import { IssuerUnavailableError, TokenError } from '#libs/trust/token-verification';
import { asDomainError } from '#libs/platform/http';
import { CallError } from './errors.js';
import { StrictJsonError } from './strict-json.js';

/**
 * Whatever went wrong, as what the caller may be told. What nobody foresaw stays the cause of a
 * failure that says nothing about it.
 */
export const asCallError = (error: unknown, resourceMetadataUrl: string): CallError => {
  if (error instanceof CallError) return error;
  if (error instanceof TokenError)
    return new CallError('unauthenticated', error.message, {
      reason: error.reason,
      challenge: error.challenge(resourceMetadataUrl),
    });
  if (error instanceof AuthorizationError) return new CallError(error.code, error.message);
  if (error instanceof IssuerUnavailableError)
    return new CallError('unavailable', error.message, {
      reason: 'issuer_unavailable',
      cause: error,
    });
  if (error instanceof StrictJsonError)
    return new CallError(
      error.reason === 'too_large' ? 'payload_too_large' : 'invalid_request',
      error.message,
      { reason: `body_${error.reason}` },
    );
  const known = asDomainError(error);
  if (known?.code === 'unavailable')
    return new CallError('unavailable', known.message, { cause: error });
  return new CallError(
    'internal',
    'Something went wrong on our side. Try again, and tell the administrator the trace id if it stays.',
    { cause: error },
  );
};
