import type { RequestHandler } from 'express';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * express-session sets a Secure cookie only on a request that it takes for secure, and by itself knows
 * only TLS that ends in this process. Here the public origin decides: browsers reach it over HTTPS
 * (TLS ends at the ingress) or on loopback, which they trust like HTTPS. No forwarded header is believed.
 * @throws when people would reach the console over plain HTTP.
 */
export const secureContext = (publicUrl: string): RequestHandler => {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' && !LOOPBACK.has(hostname))
    throw new Error('PUBLIC_URL must be https: sign-in cookies are never sent over plain HTTP.');
  return (request, _response, next) => {
    Object.defineProperty(request, 'secure', { value: true });
    next();
  };
};
