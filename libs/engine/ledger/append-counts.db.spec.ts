import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { CallWriter } from './call-writer.js';
import { CommandWriter } from './command-writer.js';
import { newCommandEntry, newIntent, newLink } from './ledger.fixture.js';
import { verifyLedger } from './verify/verify-ledger.js';

let database: TestDatabase;
let superuser: pg.Client;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await db.$disconnect();
  await database.drop();
});

const trigger = (when: string, table: string, body: string) => `
  CREATE FUNCTION interferes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN ${body} END $$;
  CREATE TRIGGER interferes ${when} INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION interferes()`;
const GONE = 'DROP FUNCTION interferes() CASCADE';

// What somebody with the owner's rights could put on the tables: no append may take it for success.
const INTERFERENCES: readonly [string, string, string][] = [
  ['a trigger that drops every entry', trigger('BEFORE', 'ledger_entry', 'RETURN NULL;'), GONE],
  [
    'a trigger that drops one entry of a batch',
    trigger(
      'BEFORE',
      'ledger_entry',
      `IF NEW.data->>'decision' = 'deny' THEN RETURN NULL; END IF; RETURN NEW;`,
    ),
    GONE,
  ],
  ['a trigger that drops payloads', trigger('BEFORE', 'ledger_payload', 'RETURN NULL;'), GONE],
  [
    'a trigger that deletes what was inserted',
    trigger('AFTER', 'ledger_entry', 'DELETE FROM ledger_entry WHERE id = NEW.id; RETURN NULL;'),
    GONE,
  ],
  [
    'a rule that does nothing instead',
    'CREATE RULE interferes AS ON INSERT TO ledger_entry DO INSTEAD NOTHING',
    'DROP RULE interferes ON ledger_entry',
  ],
  [
    'a rule that inserts elsewhere instead',
    `CREATE TABLE elsewhere (LIKE ledger_entry); GRANT INSERT ON elsewhere TO PUBLIC;
     CREATE RULE interferes AS ON INSERT TO ledger_entry DO INSTEAD INSERT INTO elsewhere SELECT NEW.*`,
    'DROP RULE interferes ON ledger_entry; DROP TABLE elsewhere',
  ],
  [
    'a row-level policy',
    `ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY;
     CREATE POLICY interferes ON ledger_entry FOR INSERT WITH CHECK (true)`,
    'DROP POLICY interferes ON ledger_entry; ALTER TABLE ledger_entry DISABLE ROW LEVEL SECURITY',
  ],
];

describe.each(INTERFERENCES)('an append past %s', (_, add, remove) => {
  it('fails as a whole, and the chain goes on once that is gone', async () => {
    const link = newLink(database.appUrl);
    const writer = new CallWriter(link);
    await writer.start();
    const { rows } = await superuser.query<{ value: string }>('SELECT value FROM epoch');
    const epoch = BigInt(rows[0]?.value ?? 0);
    const denied = newIntent();
    denied.data.decision = 'deny';
    const intents = [newIntent(), denied];
    await superuser.query(add);
    let results: PromiseSettledResult<unknown>[];
    try {
      results = await Promise.allSettled(
        intents.map((intent) => writer.appendIntent(intent, epoch)),
      );
    } finally {
      await superuser.query(remove);
    }
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
    const kept = await superuser.query('SELECT FROM ledger_entry WHERE call_id = ANY ($1)', [
      intents.map(({ callId }) => callId),
    ]);
    expect(kept.rowCount).toBe(0);
    expect(await writer.appendIntent(newIntent(), epoch)).toMatchObject({ committed: true });
    await writer.stop();
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
  });
});

describe('a command whose entry a trigger drops', () => {
  it('is rolled back', async () => {
    const writer = new CommandWriter(newLink(database.appUrl), ['agent.register']);
    await writer.start();
    const id = newId();
    await superuser.query(trigger('BEFORE', 'ledger_entry', 'RETURN NULL;'));
    try {
      await expect(
        writer.commit(db, async (tx) => {
          await tx.team.create({ data: { id, name: id } });
          return { result: null, entry: newCommandEntry() };
        }),
      ).rejects.toMatchObject({ code: 'unavailable' });
    } finally {
      await superuser.query(GONE);
    }
    expect(await db.team.count({ where: { id } })).toBe(0);
    await writer.stop();
  });
});
