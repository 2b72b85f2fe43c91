import { HttpException } from '@nestjs/common';
import { isDatabaseUnavailable } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import { BodyError, bodyTooLarge } from '../errors.js';

// Sentences of ours for what body-parser finds; its own messages repeat the caller's input.
const BODY_ERRORS: Record<string, (limit: unknown) => DomainError> = {
  'entity.parse.failed': () =>
    new BodyError('The body is not valid JSON: correct it and send it again.'),
  'entity.too.large': (limit) => bodyTooLarge(Number(limit)),
  'encoding.unsupported': () =>
    new DomainError('unsupported_media_type', 'Send the body uncompressed or with gzip.'),
  'charset.unsupported': () =>
    new DomainError('unsupported_media_type', 'Send the body as JSON in UTF-8.'),
};

const BY_STATUS: Record<number, () => DomainError> = {
  400: () =>
    new DomainError('invalid_input', 'The request could not be read: check its address and body.'),
  401: () => new DomainError('unauthenticated', 'You are not signed in: sign in and try again.'),
  403: () => new DomainError('forbidden', 'You do not have permission to do this.'),
  404: () =>
    new DomainError('not_found', 'Not found. The addresses are listed in /api/openapi.json.'),
  413: () => new DomainError('payload_too_large', 'The request is too large: send less at once.'),
  415: () => new DomainError('unsupported_media_type', 'Send the body as application/json.'),
};

const UNAVAILABLE = () =>
  new DomainError('unavailable', 'The database cannot be reached just now: try again in a moment.');

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

// Body-parser says in `type` what it found, and the status that it means.
const ofParser = (error: unknown): DomainError | undefined => {
  const [type, status] = [property(error, 'type'), property(error, 'status')];
  if (!(error instanceof Error) || typeof type !== 'string') return undefined;
  const known = BODY_ERRORS[type]?.(property(error, 'limit'));
  return known ?? (typeof status === 'number' ? BY_STATUS[status]?.() : undefined);
};

/**
 * What a caller may be told about an error of any kind. Undefined when it is unexpected: then it is
 * logged, and the caller learns only that it went wrong.
 */
export const asDomainError = (error: unknown): DomainError | undefined => {
  if (error instanceof DomainError)
    return error.code === 'internal' && isDatabaseUnavailable(error.cause) ? UNAVAILABLE() : error;
  const cause = property(error, 'cause');
  if (cause instanceof DomainError) return cause;
  if (error instanceof HttpException) return ofParser(cause) ?? BY_STATUS[error.getStatus()]?.();
  const ofBody = ofParser(error);
  if (ofBody !== undefined) return ofBody;
  return isDatabaseUnavailable(error) ? UNAVAILABLE() : undefined;
};
