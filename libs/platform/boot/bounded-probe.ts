import { withTimeout } from '#libs/platform/kernel';

const ANSWER_WITHIN_MS = 800;
const ASK_AGAIN_AFTER_MS = 5000;

/**
 * A question that readiness depends on, answered within a second whatever the database does: one that
 * takes longer fails with 'unavailable'. However often it is asked, one is open at a time (after 5 s, one
 * more: its connection may be lost), so that probes do not fill the pool of a database that does not answer.
 */
export const boundedProbe = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let open: { answer: Promise<T>; askedAtMs: number } | undefined;
  const askNow = () => {
    const mine = { answer: ask(), askedAtMs: performance.now() };
    const end = () => {
      if (open === mine) open = undefined;
    };
    mine.answer.then(end, end);
    return mine;
  };
  return () => {
    if (open === undefined || performance.now() - open.askedAtMs >= ASK_AGAIN_AFTER_MS)
      open = askNow();
    return withTimeout(ANSWER_WITHIN_MS, open.answer);
  };
};
