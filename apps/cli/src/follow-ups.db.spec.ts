import { Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { printDeadLetters, settleDeadLetter } from './follow-ups.js';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});
afterEach(() => vi.restoreAllMocks());

const listen = (): string[] => {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  return lines;
};

const deadLetter = async (): Promise<string> => {
  const id = newId();
  const row = { queue: 'nowhere', name: 'catalog.discover-tools', payload: {}, attempts: 9 };
  const times = { createdAt: new Date(), failedAt: new Date() };
  await db.outbox.create({ data: { id, ...row, ...times, lastError: 'no such queue' } });
  return id;
};

const newest = (type: string) =>
  db.ledgerEntry.findFirst({ where: { type }, orderBy: { id: 'desc' } });

describe('gatehouse outbox', () => {
  it('lists, retries and discards what cannot be queued, and the ledger says why', async () => {
    const [id, other] = [await deadLetter(), await deadLetter()];
    const lines = listen();
    expect(await printDeadLetters(database.appUrl)).toBe(false);
    expect(lines.join('\n')).toContain(`${id}  catalog.discover-tools on nowhere, 9 attempts`);
    expect(lines.join('\n')).toContain('no such queue');
    await settleDeadLetter(database.appUrl, 'retry', { id, reason: 'it is there now' });
    await settleDeadLetter(database.appUrl, 'discard', { id: other, reason: 'done by hand' });
    expect(await printDeadLetters(database.appUrl)).toBe(true);
    expect(await db.outbox.findMany()).toEqual([
      expect.objectContaining({ id, attempts: 0, failedAt: null }),
    ]);
    for (const [type, subjectId] of [
      ['retry-follow-up', id],
      ['discard-follow-up', other],
    ] as const)
      expect(await newest(type)).toMatchObject({
        subjectId,
        actorId: 'cli',
        data: { facts: { job: 'catalog.discover-tools', attempts: 9 } },
      });
  });

  it('touches nothing that is not a dead letter', async () => {
    listen();
    const id = newId();
    const row = { queue: 'catalog', name: 'catalog.discover-tools', payload: {} };
    await db.outbox.create({ data: { id, ...row, createdAt: new Date() } });
    for (const what of ['retry', 'discard'] as const)
      await expect(
        settleDeadLetter(database.appUrl, what, { id, reason: 'mistaken' }),
      ).rejects.toMatchObject({ code: 'not_found' });
    expect(await db.outbox.findUnique({ where: { id } })).not.toBeNull();
  });
});
