import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** The policy of an answer that is data: nothing in it may run or load. */
export const DATA_CSP =
  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The console's policy (invariant C2); `nonce` is made anew for every answer of index.html. */
export const pageCsp = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Strict headers on every answer; the console's page replaces the Content-Security-Policy. */
export const securityHeaders = (publicUrl: string): RequestHandler[] => [
  helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: publicUrl.startsWith('https:'),
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  }),
  (_request, response, next) => {
    response.set('Content-Security-Policy', DATA_CSP);
    response.set('Cache-Control', 'no-store');
    response.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    next();
  },
];
