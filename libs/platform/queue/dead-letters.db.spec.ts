import { setTimeout as sleep } from 'node:timers/promises';
import { Database, transaction } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  countDeadLetters,
  discardDeadLetter,
  JobQueue,
  listDeadLetters,
  lockDeadLetter,
  migrateQueue,
  OutboxRelay,
  retryDeadLetter,
  writeToOutbox,
} from './index.js';

const LIMITS = { maxAttempts: 3, firstPauseMs: 20 };

let database: TestDatabase;
let db: Database;
let queue: JobQueue;
let errors: unknown[];

beforeAll(async () => {
  database = await createTestDatabase();
  await migrateQueue(database.ownerUrl, [new URL(database.appUrl).username]);
  db = new Database(database.appUrl);
  const location = { databaseUrl: database.appUrl, redisUrl: null };
  queue = new JobQueue(location, () => undefined);
});

afterAll(async () => {
  await queue.close();
  await db.$disconnect();
  await database.drop();
});

beforeEach(async () => {
  await db.outbox.deleteMany();
  errors = [];
});

const relayOnce = (
  through: Pick<JobQueue, 'addAll' | 'assertAvailable'> = queue,
  limits: typeof LIMITS = LIMITS,
) => new OutboxRelay(db, through, (error) => errors.push(error), limits).relayOnce();

/** Rows for a queue that nobody made: the application's role must not make one. */
const poisonMany = async (count: number): Promise<void> => {
  const row = { queue: 'nowhere', name: 'catalog.discover-tools', payload: {} };
  await db.outbox.createMany({
    data: Array.from({ length: count }, () => ({ id: newId(), ...row, createdAt: new Date() })),
  });
};

const poison = async (): Promise<string> => {
  await poisonMany(1);
  const { id } = await db.outbox.findFirstOrThrow({ orderBy: { id: 'desc' } });
  return id;
};

const enqueue = () =>
  transaction(db, (tx) =>
    writeToOutbox(tx, 'catalog.discover-tools', { serverId: newId() }, new Date()),
  );

const waiting = () => db.outbox.count({ where: { dispatchedAt: null, queue: { not: 'nowhere' } } });

/** Relays until nothing is tried any more. */
const exhaust = async () => {
  for (let round = 0; round < 8; round += 1) {
    await relayOnce();
    await sleep(LIMITS.firstPauseMs * 2 ** Math.min(round, LIMITS.maxAttempts) + 5);
  }
};

describe('a follow-up that cannot be queued', () => {
  it('does not stop those behind it', async () => {
    const id = await poison();
    for (let n = 0; n < 5; n += 1) await enqueue();
    await relayOnce();
    expect(await waiting()).toBe(0);
    const row = await db.outbox.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ dispatchedAt: null, attempts: 1, failedAt: null });
    expect(row.lastError).toMatch(/permission denied|does not exist/);
  });

  it('does not stop them either where there are more than fit into a batch', async () => {
    await poisonMany(120);
    await enqueue();
    // Nothing is tried a second time, and each batch gets on by one at least, however slow the machine is.
    const limits = { ...LIMITS, firstPauseMs: 600_000 };
    for (let batch = 0; batch <= 120 && (await waiting()) > 0; batch += 1)
      await relayOnce(queue, limits);
    expect(await waiting()).toBe(0);
    expect(await countDeadLetters(db)).toBe(0);
  });

  it('would stop them if the batch were the whole answer (negative control)', async () => {
    await poison();
    await enqueue();
    const asBefore = {
      addAll: queue.addAll.bind(queue),
      assertAvailable: () => Promise.reject(new Error('the batch failed')),
    };
    await expect(relayOnce(asBefore)).rejects.toThrow('the batch failed');
    expect(await waiting()).toBe(1);
  });

  it('is a dead letter after so many attempts, with its error, and is tried no more', async () => {
    const id = await poison();
    await exhaust();
    expect(await listDeadLetters(db, 10)).toEqual([
      expect.objectContaining({ id, attempts: LIMITS.maxAttempts, queue: 'nowhere' }),
    ]);
    expect(errors).toEqual([
      expect.objectContaining({ message: expect.stringContaining(id) as string }),
    ]);
    expect(await relayOnce()).toBe(0);
  });

  it('is tried again, or discarded, when somebody says so', async () => {
    const id = await poison();
    await exhaust();
    await transaction(db, async (tx) => {
      expect(await lockDeadLetter(tx, id)).toMatchObject({ id });
      await retryDeadLetter(tx, id);
    });
    expect(await countDeadLetters(db)).toBe(0);
    // What was wrong has been put right.
    await db.outbox.update({ where: { id }, data: { dispatchedAt: null } });
    await relayOnce({ addAll: () => Promise.resolve(), assertAvailable: () => Promise.resolve() });
    expect(await db.outbox.findUnique({ where: { id } })).toMatchObject({
      dispatchedAt: expect.any(Date) as Date,
    });
    const other = await poison();
    await exhaust();
    await transaction(db, (tx) => discardDeadLetter(tx, other));
    expect(await countDeadLetters(db)).toBe(0);
  });

  it('is no dead letter for an outage of the queue', async () => {
    await enqueue();
    const away = {
      addAll: () => Promise.reject(new Error('away')),
      assertAvailable: () => Promise.reject(new Error('away')),
    };
    for (let n = 0; n < 5; n += 1) await expect(relayOnce(away)).rejects.toThrow('away');
    expect(await db.outbox.findFirst()).toMatchObject({ attempts: 0, lastError: null });
  });
});
