import { IssuerUnavailable, TokenRefusal } from '#libs/trust/token-verification';
import { asDomainError } from '#libs/platform/http';
import { CallFailure } from './failure.js';
import { StrictJsonError } from './strict-json.js';

/**
 * Whatever went wrong, as what the caller may be told. What nobody foresaw stays the cause of a
 * failure that says nothing about it.
 */
export const asFailure = (error: unknown, resourceMetadataUrl: string): CallFailure => {
  if (error instanceof CallFailure) return error;
  if (error instanceof TokenRefusal)
    return new CallFailure('unauthenticated', error.message, {
      reason: error.reason,
      challenge: error.challenge(resourceMetadataUrl),
    });
  if (error instanceof IssuerUnavailable)
    return new CallFailure('unavailable', error.message, {
      reason: 'issuer_unavailable',
      cause: error,
    });
  if (error instanceof StrictJsonError)
    return new CallFailure(
      error.reason === 'too_large' ? 'payload_too_large' : 'invalid_request',
      error.message,
      { reason: `body_${error.reason}` },
    );
  const known = asDomainError(error);
  if (known?.code === 'unavailable')
    return new CallFailure('unavailable', known.message, { cause: error });
  return new CallFailure(
    'internal',
    'Something went wrong on our side. Try again, and tell the administrator the trace id if it stays.',
    { cause: error },
  );
};
