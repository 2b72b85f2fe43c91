import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError } from '#libs/platform/kernel';
import type { IncomingHttpHeaders } from 'node:http';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

const digest = (value: string) => createHash('sha256').update(value).digest();
const equal = (left: string, right: string) => timingSafeEqual(digest(left), digest(right));

const originOf = (url: string): string | undefined => {
  const parsed = URL.parse(url);
  return parsed === null || parsed.origin === 'null' ? undefined : parsed.origin;
};

const claimedOrigin = (headers: IncomingHttpHeaders): string | undefined => {
  const { origin, referer } = headers;
  if (origin !== undefined) return origin;
  return referer === undefined ? undefined : originOf(referer);
};

/**
 * Rejects a write that another site could have made this browser send (invariant C2): it must come
 * from one of our origins and carry the session's own token.
 */
export const assertWriteIsOurs = (
  request: { method: string; headers: IncomingHttpHeaders },
  csrfToken: string,
  allowedOrigins: readonly string[],
): void => {
  if (READS.has(request.method)) return;
  const origin = claimedOrigin(request.headers);
  if (origin === undefined || !allowedOrigins.includes(origin))
    throw new DomainError(
      'forbidden',
      'This request does not come from the console: send it with the Origin of this installation.',
    );
  const token = request.headers['x-csrf-token'];
  if (typeof token !== 'string' || !equal(token, csrfToken))
    throw new DomainError(
      'forbidden',
      'The X-CSRF-Token header is missing or out of date: read it again from /api/v1/session.',
    );
};
