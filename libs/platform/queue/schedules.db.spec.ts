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
} from './index.js';
import type { RunningWorkers } from './job-worker.js';
import type { Schedule } from './schedules.js';

const EVERY_SECOND = [{ job: 'tokens.purge', everySeconds: 1 }] as const;
const EVERY_HOUR = [{ job: 'tokens.purge', everySeconds: 3600 }] as const;

let database: TestDatabase;
let location: QueueLocation;
let workers: RunningWorkers[];
let queues: JobQueue[];
const rounds: number[] = [];
const failures: string[] = [];

const superuser = async (...statements: string[]): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  const rows: unknown[] = [];
  for (const statement of statements) rows.push(...(await client.query(statement)).rows);
  await client.end();
  return rows;
};

const flush = () => superuser('TRUNCATE bullmq.job CASCADE', 'TRUNCATE bullmq.scheduler');

// xmin changes with each write of a row.
const kept = () =>
  superuser(
    `SELECT xmin, scheduler_id, every_ms::int, template_opts->'attempts' AS attempts FROM bullmq.scheduler`,
    `SELECT xmin, id FROM bullmq.job WHERE state = 'delayed'`,
  );

const startReplica = () =>
  startJobWorkers({
    location,
    // Any other job would be an error of this spec.
    handlers: {
      'tokens.purge': () => Promise.resolve(void rounds.push(Date.now())),
    } as unknown as JobHandlers,
    onError: (error) => failures.push(error.message),
  });

const sayAll = (schedules: readonly Schedule[] = EVERY_SECOND) =>
  Promise.all(queues.map((queue) => queue.keepSchedules(schedules)));

beforeAll(async () => {
  database = await createTestDatabase();
  location = { databaseUrl: database.appUrl, redisUrl: null };
  await migrateQueue(database.ownerUrl, [new URL(database.appUrl).username]);
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
    await flush();
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

  it('is put there once by workers that start at the same time', { timeout: 120_000 }, async () => {
    await flush();
    for (let start = 0; start < 8; start += 1) {
      const before = rounds.length;
      await sayAll(EVERY_HOUR);
      await expect.poll(() => rounds.length, { timeout: 10_000 }).toBe(before + 1);
      await expect
        .poll(() => superuser(`SELECT id FROM bullmq.job WHERE state = 'active'`), {
          timeout: 10_000,
        })
        .toEqual([]);
      await flush();
    }
    expect(failures).toEqual([]);
  });

  it('is not written again while it is there, and is when it has changed', async () => {
    await sayAll(EVERY_HOUR);
    await expect.poll(kept, { timeout: 10_000 }).toHaveLength(2);
    const before = await kept();
    await sayAll(EVERY_HOUR);
    expect(await kept()).toEqual(before);
    await sayAll([{ job: 'tokens.purge', everySeconds: 1800 }]);
    expect(await kept()).toContainEqual(expect.objectContaining({ every_ms: 1_800_000 }));
    await superuser(`UPDATE bullmq.scheduler SET template_opts = '{"attempts": 77}'`);
    await sayAll([{ job: 'tokens.purge', everySeconds: 1800 }]);
    expect(await kept()).not.toContainEqual(expect.objectContaining({ attempts: 77 }));
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
