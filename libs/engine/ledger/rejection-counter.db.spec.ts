import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { newLink } from './ledger.fixture.js';
import { RejectionCounter } from './rejection-counter.js';
import { verifyLedger } from './verify/verify-ledger.js';

let database: TestDatabase;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await database.drop();
});

const written = async (reason: string) => {
  const { rows } = await superuser.query<{ source: string; count: number }>(
    `SELECT data->>'source' AS source, sum((data->>'count')::int)::int AS count FROM ledger_entry
     WHERE type = 'rejection.counted' AND data->>'reason' = $1 GROUP BY 1 ORDER BY 2 DESC`,
    [reason],
  );
  return rows;
};

it('counts a flood in a few entries and forgets no rejection', async () => {
  const counter = new RejectionCounter(newLink(database.appUrl), { maxKeys: 20 });
  for (let i = 0; i < 10_000; i += 1) counter.count('bad_token', `10.0.0.${i % 100}`);
  await counter.stop();
  const rows = await written('bad_token');
  expect(rows.length).toBeLessThanOrEqual(21);
  expect(rows[0]?.source).toBe('other');
  expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(10_000);
  expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
});

it('takes any source that an unknown client sends', async () => {
  const counter = new RejectionCounter(newLink(database.appUrl));
  for (const source of ['', '\0', '\ud800', 'x'.repeat(9999), '"\\{}', "'; --"])
    counter.count('odd', source);
  await counter.stop();
  expect((await written('odd')).reduce((sum, row) => sum + row.count, 0)).toBe(6);
});

it('keeps its counts while the ledger cannot be written', async () => {
  const counter = new RejectionCounter(newLink(database.appUrl));
  counter.count('kept', 'a');
  await superuser.query('REVOKE INSERT ON ledger_entry FROM gatehouse_app');
  await expect(counter.flush()).rejects.toMatchObject({ code: 'unavailable' });
  await superuser.query('GRANT INSERT ON ledger_entry TO gatehouse_app');
  counter.count('kept', 'a');
  await counter.stop();
  expect(await written('kept')).toEqual([{ source: 'a', count: 2 }]);
});
