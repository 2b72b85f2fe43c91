import { useCallback, useEffect, useRef } from 'react';

const WATCHING_MS = 5 * 60_000;
const SIGNS_OF_LIFE = ['pointermove', 'keydown', 'wheel', 'touchstart'] as const;

let lastSeenAt = Date.now();
for (const sign of SIGNS_OF_LIFE) {
  addEventListener(sign, () => (lastSeenAt = Date.now()), { passive: true });
}

/**
 * For react-query's refetchInterval: asks again every so often while somebody is there. An
 * abandoned screen falls silent, or its questions would keep the session alive for ever.
 */
export function useLive(everyMs: number, isPaused = false): () => number | false {
  const paused = useRef(isPaused);
  useEffect(() => {
    paused.current = isPaused;
  }, [isPaused]);
  return useCallback(
    () => (paused.current || Date.now() - lastSeenAt > WATCHING_MS ? false : everyMs),
    [everyMs],
  );
}
