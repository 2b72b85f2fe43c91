import { DomainError } from '#libs/platform/kernel';
import type { RequestHandler } from 'express';
import type { HttpOptions } from './http-options.js';

/**
 * Answers only under our own names and to our own pages (invariant G13): a page of another site, or a
 * name that was rebound to this address, is rejected whatever it asks for.
 */
export const hostAndOrigin =
  ({ allowedHosts, allowedOrigins }: HttpOptions): RequestHandler =>
  (request, _response, next) => {
    const { host, origin } = request.headers;
    if (host === undefined || !allowedHosts.includes(host.toLowerCase()))
      throw new DomainError(
        'forbidden',
        'This installation does not answer to that Host: use its public address.',
      );
    if (origin !== undefined && !allowedOrigins.includes(origin))
      throw new DomainError(
        'forbidden',
        'Pages of that Origin may not use this installation: use its own console.',
      );
    next();
  };
