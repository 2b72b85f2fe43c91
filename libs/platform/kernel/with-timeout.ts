import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from './errors.js';

/**
 * Waits for `work` at most this long: a broken connection may never answer, nor fail.
 * @throws DomainError `unavailable` when it takes longer.
 */
export const withTimeout = async <T>(timeoutMs: number, work: Promise<T>): Promise<T> => {
  const done = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: done.signal }).then(() => {
    throw new DomainError('unavailable', `There was no answer within ${timeoutMs} ms.`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
};
