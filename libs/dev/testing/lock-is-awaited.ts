import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#libs/platform/db';

const POLL_MS = 5;
const TRIES = 2000;

/** Waits until a statement in this database waits for a lock that a test holds. @throws when none does, in 10 s */
export const lockIsAwaited = async (db: Pick<Database, '$queryRaw'>): Promise<void> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const waiting = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
    await sleep(POLL_MS);
  }
  throw new Error('nothing waits for the lock');
};
