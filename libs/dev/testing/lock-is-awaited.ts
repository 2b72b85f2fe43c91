import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { TestDatabase } from './create-test-database.js';

const POLL_MS = 5;
const TRIES = 2000;
const WAITING = `
  SELECT 1 FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/** Waits until a statement in this database waits for a lock that a test holds. @throws when none does, in 10 s */
export const lockIsAwaited = async ({
  superuserUrl,
}: Pick<TestDatabase, 'superuserUrl'>): Promise<void> => {
  // Nobody else sees what the connections of another role wait for.
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if ((await client.query(WAITING)).rowCount !== 0) return;
      await sleep(POLL_MS);
    }
  } finally {
    await client.end();
  }
  throw new Error('nothing waits for the lock');
};
