import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for `work` at most this long: a broken connection may never answer, nor fail. */
export const withTimeout = async <T>(timeoutMs: number, work: Promise<T>): Promise<T> => {
  const done = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`no answer within ${timeoutMs} ms`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
};
