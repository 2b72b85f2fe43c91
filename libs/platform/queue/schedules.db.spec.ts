import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  JobQueue,
  migrateQueue,
  startJobWorkers,
  type JobHandlers,
  type QueueLocation,
  type RunningWorkers,
} from './index.js';

const EVERY_SECOND = [{ job: 'tokens.purge', everySeconds: 1 }] as const;

let database: TestDatabase;
let location: QueueLocation;
let workers: RunningWorkers[];
let queues: JobQueue[];
const rounds: number[] = [];
const failures: string[] = [];

const superuser = async (...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

const startReplica = () =>
  startJobWorkers({
    location,
    // Any other job would be an error of this spec.
    handlers: {
      'tokens.purge': () => Promise.resolve(void rounds.push(Date.now())),
    } as unknown as JobHandlers,
    onError: (error) => failures.push(error.message),
  });

const sayAll = () => Promise.allSettled(queues.map((queue) => queue.keepSchedules(EVERY_SECOND)));

beforeAll(async () => {
  database = await createTestDatabase();
  location = { databaseUrl: database.appUrl, redisUrl: null };
  await migrateQueue(database.ownerUrl, new URL(database.appUrl).username);
  workers = [await startReplica(), await startReplica()];
  queues = [1, 2, 3].map(() => new JobQueue(location, (error) => failures.push(error.message)));
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await Promise.all(queues.map((queue) => queue.close()));
  await database.drop();
});

describe('a schedule', () => {
  it('runs once a round, however many workers keep it and however often', async () => {
    const until = Date.now() + 5000;
    while (Date.now() < until) {
      await sayAll();
      await sleep(150);
    }
    // The first round comes at once, and a busy machine may lose one.
    expect(rounds.length).toBeGreaterThanOrEqual(3);
    expect(rounds.length).toBeLessThanOrEqual(7);
    expect(failures).toEqual([]);
  });

  it('comes back after the queue was flushed (Q1)', async () => {
    await superuser('TRUNCATE bullmq.job CASCADE', 'TRUNCATE bullmq.scheduler');
    await sleep(1500);
    const before = rounds.length;
    await sleep(2000);
    expect(rounds.length).toBe(before);
    await sayAll();
    await expect.poll(() => rounds.length, { timeout: 10_000 }).toBeGreaterThan(before + 1);
  });

  it('comes back when only its next round was lost', async () => {
    await superuser('TRUNCATE bullmq.job CASCADE');
    const before = rounds.length;
    await sayAll();
    await expect.poll(() => rounds.length, { timeout: 10_000 }).toBeGreaterThan(before + 1);
  });

  it('takes no payload: a forged one is rejected', async () => {
    await queues[0]?.addAll([
      { id: newId(), queue: 'schedules', name: 'tokens.purge', payload: { all: true } },
    ]);
    await expect
      .poll(() => failures, { timeout: 10_000 })
      .toContain('the payload of tokens.purge is malformed');
  });
});
