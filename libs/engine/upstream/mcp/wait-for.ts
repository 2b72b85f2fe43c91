import { UpstreamError } from '../errors.js';

/** Waits for work that others share: stops waiting at the deadline or the signal, not the work itself. */
export const waitFor = async <T>(
  work: Promise<T>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<T> => {
  const given = Promise.withResolvers<never>();
  const abandon = (message: string) => (): void => {
    given.reject(new UpstreamError('upstream_failed', message, 'none'));
  };
  const onAbort = abandon('The call was given up by its caller.');
  const timer = setTimeout(
    abandon('The tool server was not ready in time.'),
    Math.max(0, timeoutMs),
  );
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  try {
    return await Promise.race([work, given.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
};
