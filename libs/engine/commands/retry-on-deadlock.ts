import { setTimeout as sleep } from 'node:timers/promises';
import { isDeadlock } from '#libs/platform/db';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 40;
const MAX_PAUSE_MS = 400;

/** Does the work again, a few times, when PostgreSQL undid it because it and other work waited for each other. */
export const retryOnDeadlock = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isDeadlock(error)) throw error;
      // Not at the same moment as the other one.
      await sleep(Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** attempt, MAX_PAUSE_MS));
    }
  }
  return work();
};
