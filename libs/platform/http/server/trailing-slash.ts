import type { RequestHandler } from 'express';
import type { HttpOptions } from './http-options.js';
import { protocolAt } from './protocol.js';

/**
 * Sends a client that ends an address with a slash to the one without, where the protocol says so: its
 * clients write both. Nothing is admitted by it, because the address has one spelling still.
 */
export const trailingSlash =
  ({ protocols, publicUrl }: HttpOptions): RequestHandler =>
  ({ path, originalUrl }, response, next) => {
    const without = path.slice(0, -1);
    const isSpeltWithIt = path.endsWith('/') && !without.endsWith('/');
    const protocol = isSpeltWithIt ? protocolAt(protocols, without) : undefined;
    if (protocol?.redirectsTrailingSlash !== true || without === protocol.prefix) {
      next();
      return;
    }
    const queryAt = originalUrl.indexOf('?');
    const query = queryAt < 0 ? '' : originalUrl.slice(queryAt);
    response.status(308).set('Location', `${publicUrl}${without}${query}`).end();
  };
