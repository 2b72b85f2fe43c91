import { Database } from '#libs/platform/db';
import { newId, type Role } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { printNewSetupCode } from './setup-code.js';

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

const print = async (): Promise<string> => {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  await printNewSetupCode(database.appUrl);
  return lines.at(-1) ?? '';
};

describe('gatehouse setup-code', () => {
  it('prints another code each time, and only the newest is kept, as a hash', async () => {
    const codes = [await print(), await print()];
    for (const code of codes) expect(code).toMatch(/^([A-Z2-9]{4}-){7}[A-Z2-9]{4}$/);
    expect(new Set(codes).size).toBe(2);
    expect(await db.setupCode.count()).toBe(1);
    const entries = await db.ledgerEntry.findMany({ where: { type: 'make-setup-code' } });
    expect(entries.map(({ actorId }) => actorId)).toEqual(['cli', 'cli']);
  });

  it('prints none once IT and security are there to give roles', async () => {
    const roles: { role: Role }[] = [{ role: 'it' }, { role: 'security' }];
    const who = { id: newId(), name: 'Ada', email: 'ada@example.test', createdAt: new Date() };
    await db.person.create({ data: { ...who, roles: { create: roles } } });
    await expect(printNewSetupCode(database.appUrl)).rejects.toMatchObject({ code: 'conflict' });
  });
});
