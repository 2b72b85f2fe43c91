import { DomainError } from '#libs/platform/kernel';
import type { RequestHandler } from 'express';

/**
 * Rejects a query with a NUL in it: PostgreSQL holds none in text, and would fail on the comparison. In
 * bodies the commands see to it.
 */
export const storableQuery = (): RequestHandler => (request, _response, next) => {
  const queryAt = request.originalUrl.indexOf('?');
  if (queryAt >= 0 && request.originalUrl.includes('%00', queryAt))
    throw new DomainError('invalid_input', 'The query holds a NUL character: take it out.');
  next();
};
