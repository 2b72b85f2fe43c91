import { setTimeout as sleep } from 'node:timers/promises';
import { Database, transaction } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { createPostgresBackend, Worker } from 'bullmq';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  assertQueueIsReady,
  JobQueue,
  migrateQueue,
  OutboxRelay,
  SCHEDULES,
  startJobWorkers,
  writeToOutbox,
  type JobDelivery,
  type JobHandlers,
  type QueueLocation,
} from './index.js';
import type { RunningWorkers } from './job-worker.js';

type Delivery = JobDelivery<'catalog.discover-tools'>;

const rounds = Object.fromEntries(
  SCHEDULES.map(({ job }) => [job, () => Promise.resolve()]),
) as unknown as Omit<JobHandlers, 'catalog.discover-tools'>;

const APP_ROLE = 'SELECT current_user';

let database: TestDatabase;
let db: Database;
let queue: JobQueue;
let location: QueueLocation;
let workers: RunningWorkers | undefined;
const queueErrors: Error[] = [];

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

const work = async (handle: (delivery: Delivery) => Promise<void>) => {
  const failures: string[] = [];
  workers = await startJobWorkers({
    location,
    handlers: { ...rounds, 'catalog.discover-tools': handle },
    onError: (error) => failures.push(error.message),
  });
  return failures;
};

const enqueue = async (): Promise<string> => {
  const serverId = newId();
  await transaction(db, (tx) =>
    writeToOutbox(tx, 'catalog.discover-tools', { serverId }, new Date()),
  );
  return serverId;
};

const waiting = () => db.outbox.count({ where: { dispatchedAt: null } });

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  location = { databaseUrl: database.appUrl, redisUrl: null };
  queue = new JobQueue(location, (error) => queueErrors.push(error));
});

afterEach(async () => {
  await workers?.close();
  workers = undefined;
});

afterAll(async () => {
  await queue.close();
  await db.$disconnect();
  await database.drop();
});

describe('the queue on PostgreSQL', () => {
  it('does not start a worker on a schema that was never migrated', async () => {
    await query(database.superuserUrl, 'DROP SCHEMA IF EXISTS bullmq CASCADE');
    await expect(work(() => Promise.resolve())).rejects.toThrow('Run the migrations first');
  });

  it('is migrated by its owner, by several processes at once and again', async () => {
    const [row] = await query(database.appUrl, APP_ROLE);
    const role = String(row?.['current_user']);
    const migrateOnce = () => migrateQueue(database.ownerUrl, [role]);
    await Promise.all([migrateOnce(), migrateOnce(), migrateOnce()]);
    await migrateOnce();
    await expect(assertQueueIsReady(location)).resolves.toBeUndefined();
  });

  it('runs jobs as the application role, which owns nothing and may make nothing there', async () => {
    const seen: Delivery[] = [];
    await work((delivery) => Promise.resolve(void seen.push(delivery)));
    const serverId = newId();
    await queue.add('catalog.discover-tools', { serverId }, newId());
    await expect
      .poll(() => seen, { timeout: 10_000 })
      .toEqual([{ payload: { serverId }, attempt: 1, lastAttempt: false }]);
    await expect(query(database.appUrl, 'CREATE TABLE bullmq.mine (id int)')).rejects.toThrow(
      'permission denied',
    );
  });

  it('takes a job once, however often it is put on the queue', async () => {
    const seen: string[] = [];
    await work(({ payload }) => Promise.resolve(void seen.push(payload.serverId)));
    const id = newId();
    const serverId = newId();
    for (let n = 0; n < 3; n += 1) await queue.add('catalog.discover-tools', { serverId }, id);
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(1);
    await queue.add('catalog.discover-tools', { serverId }, id);
    await sleep(500);
    expect(seen).toEqual([serverId]);
  });

  it('takes up what a killed worker held', { timeout: 40_000 }, async () => {
    const serverId = newId();
    await queue.add('catalog.discover-tools', { serverId }, newId());
    // Takes the job as a worker does, and is never heard of again: no renewal, no result.
    const killed = new Worker(
      'catalog',
      null,
      { connection: { connectionString: database.appUrl }, lockDuration: 10_000 },
      createPostgresBackend,
    );
    const held = await killed.getNextJob('token-of-the-killed');
    await killed.close();
    expect(held?.data).toEqual({ serverId });
    const seen: string[] = [];
    await work(({ payload }) => Promise.resolve(void seen.push(payload.serverId)));
    await expect.poll(() => seen, { timeout: 30_000 }).toEqual([serverId]);
  });

  it('gives up at once on a job that no version of the payload fits', async () => {
    const seen: Delivery[] = [];
    const failures = await work((delivery) => Promise.resolve(void seen.push(delivery)));
    const bad = { queue: 'catalog', name: 'catalog.discover-tools', payload: { serverId: '../x' } };
    const unknown = { queue: 'catalog', name: 'catalog.of-the-future', payload: {} };
    await queue.addAll([
      { ...bad, id: newId() },
      { ...unknown, id: newId() },
    ]);
    await expect
      .poll(() => failures.toSorted(), { timeout: 10_000 })
      .toEqual([
        'no job is named catalog.of-the-future',
        'the payload of catalog.discover-tools is malformed',
      ]);
    expect(seen).toEqual([]);
  });
});

const isThere = { assertAvailable: () => Promise.resolve() };
const isAway = (why: string) => ({
  addAll: () => Promise.reject(new Error(why)),
  assertAvailable: () => Promise.reject(new Error(why)),
});

const relay = (through: Pick<JobQueue, 'addAll' | 'assertAvailable'> = queue) => {
  const errors: unknown[] = [];
  return { errors, relay: new OutboxRelay(db, through, (error) => errors.push(error)) };
};

describe('the outbox relay', () => {
  it('queues what a transaction committed, and nothing of one that rolled back', async () => {
    const seen: string[] = [];
    await work(({ payload }) => Promise.resolve(void seen.push(payload.serverId)));
    const serverId = await enqueue();
    await expect(
      transaction(db, async (tx) => {
        await writeToOutbox(tx, 'catalog.discover-tools', { serverId: newId() }, new Date());
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    const running = relay();
    running.relay.start();
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual([serverId]);
    await running.relay.stop();
    expect(running.errors).toEqual([]);
    expect(await waiting()).toBe(0);
  });

  it('loses nothing and repeats nothing when it dies between queue and mark', async () => {
    const seen: string[] = [];
    await work(({ payload }) => Promise.resolve(void seen.push(payload.serverId)));
    const serverId = await enqueue();
    const dying = relay({
      ...isAway('killed'),
      addAll: async (jobs) => {
        await queue.addAll(jobs);
        throw new Error('killed');
      },
    });
    await expect(dying.relay.relayOnce()).rejects.toThrow('killed');
    expect(await waiting()).toBe(1);
    await relay().relay.relayOnce();
    expect(await waiting()).toBe(0);
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(1);
    await sleep(300);
    expect(seen).toEqual([serverId]);
  });

  it('keeps follow-ups while the queue is away, and says so', async () => {
    await enqueue();
    const away = relay(isAway('queue away'));
    away.relay.start();
    await expect.poll(() => away.errors.length, { timeout: 10_000 }).toBeGreaterThan(1);
    await away.relay.stop();
    expect(await waiting()).toBe(1);
    await relay().relay.relayOnce();
    expect(await waiting()).toBe(0);
  });

  it('shares the work between replicas in order, each row claimed once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 150; n += 1) ids.push(await enqueue());
    const claimed: string[] = [];
    const slow = {
      ...isThere,
      addAll: async (jobs: readonly { payload: unknown }[]) => {
        claimed.push(...jobs.map((job) => (job.payload as { serverId: string }).serverId));
        await sleep(100);
      },
    };
    await Promise.all([relay(slow).relay.relayOnce(), relay(slow).relay.relayOnce()]);
    expect(claimed).toHaveLength(150);
    expect(claimed.toSorted()).toEqual(ids.toSorted());
  });

  it('deletes what was dispatched more than a day ago, and nothing else', async () => {
    await query(
      database.superuserUrl,
      `UPDATE outbox SET dispatched_at = now() - interval '25 hours'
       WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT 10)`,
    );
    await enqueue();
    const before = await db.outbox.count();
    expect(await relay().relay.deleteDispatched()).toBe(10);
    expect(await db.outbox.count()).toBe(before - 10);
    expect(await waiting()).toBe(1);
  });
});
