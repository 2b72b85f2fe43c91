import { Client } from 'pg';
import { systemClock } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  assertLedgerIsSafe,
  bumpEpoch,
  ClockWatch,
  Database,
  DEFAULT_DATABASE_ROLES,
  isUniqueViolation,
  migrate,
  readEpoch,
  transaction,
} from './index.js';
import { schemaScript } from './schema-engine.js';

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

// In this database only: other suites run beside this one.
const roleHere = (): string =>
  `ALTER ROLE gatehouse_app IN DATABASE "${new URL(database.appUrl).pathname.slice(1)}"`;

// One line for every column and every index of a schema, in PostgreSQL's own words.
const shapeOf = async (schema: string): Promise<{ columns: string[]; indexes: string[] }> => {
  const client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
  const lines = async (sql: string): Promise<string[]> => {
    const { rows } = await client.query<{ line: string }>(sql, [schema]);
    return rows.map(({ line }) => line.replaceAll(`${schema}.`, ''));
  };
  try {
    const columns = await lines(`
      SELECT concat_ws(' ', table_name, column_name, udt_name, datetime_precision, is_nullable, column_default) AS line
      FROM information_schema.columns WHERE table_schema = $1 AND table_name <> '_prisma_migrations' ORDER BY 1`);
    const indexes = await lines(`
      SELECT indexdef AS line FROM pg_indexes
      WHERE schemaname = $1 AND tablename <> '_prisma_migrations' ORDER BY 1`);
    return { columns, indexes };
  } finally {
    await client.end();
  }
};

describe('the migrations', () => {
  // The engine cannot introspect over this adapter, so PostgreSQL is asked about both ways to a schema.
  it('give what schema.prisma says', async () => {
    const script = await schemaScript(database.ownerUrl, 'prisma');
    const elsewhere = script.replaceAll('"public"', '"declared"');
    await database.asSuperuser(`CREATE SCHEMA declared; SET search_path = declared; ${elsewhere}`);
    const migrated = await shapeOf('public');
    const declared = await shapeOf('declared');
    expect(migrated.columns).toEqual(declared.columns);
    // A migration may add what Prisma cannot say, such as an index of some rows only.
    expect(migrated.indexes).toEqual(expect.arrayContaining(declared.indexes));
  });

  it('are seen to differ when a column does (negative control)', async () => {
    await database.asSuperuser('ALTER TABLE team ADD COLUMN stray text');
    expect((await shapeOf('public')).columns).not.toEqual((await shapeOf('declared')).columns);
    await database.asSuperuser('ALTER TABLE team DROP COLUMN stray');
  });
});

describe('a database of a pre-release build', () => {
  const options = () => ({
    ownerUrl: database.ownerUrl,
    roles: DEFAULT_DATABASE_ROLES,
    sharedRole: 'gatehouse_app',
    prismaDir: 'prisma',
  });

  it('is rejected in one sentence, and left as it is', async () => {
    await database.asSuperuser(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
      VALUES ('old', '', '20261122000000_init', now())`);
    await expect(migrate(options())).rejects.toMatchObject({
      code: 'precondition_failed',
      message: expect.stringContaining('begin anew') as string,
    });
    await database.asSuperuser(`DELETE FROM _prisma_migrations WHERE id = 'old'`);
  });

  it('is rejected, too, when its first migration has our name and said something else', async () => {
    const set = (checksum: string) =>
      database.asSuperuser(`UPDATE _prisma_migrations SET checksum = ${checksum}`);
    await set('reverse(checksum)');
    await expect(migrate(options())).rejects.toMatchObject({ code: 'precondition_failed' });
    await set('reverse(checksum)');
  });

  it('is not what we migrated ourselves, which can be migrated again (negative control)', async () => {
    await expect(migrate(options())).resolves.toEqual([]);
  });
});

describe('assertLedgerIsSafe', () => {
  it('accepts the application role', async () => {
    await expect(assertLedgerIsSafe(database.appUrl)).resolves.toBeUndefined();
  });

  it.each(['ownerUrl', 'superuserUrl'] as const)('rejects the role of %s', async (url) => {
    await expect(assertLedgerIsSafe(database[url])).rejects.toThrow(/give the application a role/);
  });

  it('rejects an application role that may update one column of the ledger', async () => {
    await database.asSuperuser('GRANT UPDATE (data) ON ledger_entry TO gatehouse_app');
    await expect(assertLedgerIsSafe(database.appUrl)).rejects.toThrow(/may UPDATE ledger_entry/);
    await database.asSuperuser('REVOKE UPDATE (data) ON ledger_entry FROM gatehouse_app');
  });

  it('rejects a database that loses commits', async () => {
    await database.asSuperuser(`${roleHere()} SET synchronous_commit = off`);
    await expect(assertLedgerIsSafe(database.appUrl)).rejects.toThrow(/synchronous_commit off/);
    await database.asSuperuser(`${roleHere()} RESET synchronous_commit`);
  });

  it.each([
    [
      'the trigger keeps_out on ledger_entry',
      `CREATE FUNCTION keeps_out() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
       CREATE TRIGGER keeps_out BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION keeps_out();
       ALTER TABLE ledger_entry DISABLE TRIGGER keeps_out`,
      'DROP FUNCTION keeps_out() CASCADE',
    ],
    [
      'the rule keeps_out on ledger_payload',
      'CREATE RULE keeps_out AS ON INSERT TO ledger_payload DO INSTEAD NOTHING',
      'DROP RULE keeps_out ON ledger_payload',
    ],
    [
      'row-level security on ledger_entry, the policy keeps_out on ledger_entry',
      `ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY;
       CREATE POLICY keeps_out ON ledger_entry FOR INSERT WITH CHECK (false)`,
      'DROP POLICY keeps_out ON ledger_entry; ALTER TABLE ledger_entry DISABLE ROW LEVEL SECURITY',
    ],
    [
      'the child table elsewhere of ledger_entry',
      'CREATE TABLE elsewhere () INHERITS (ledger_entry)',
      'DROP TABLE elsewhere',
    ],
    [
      'ledger_payload as something else than an ordinary, logged table',
      'ALTER TABLE ledger_payload SET UNLOGGED',
      'ALTER TABLE ledger_payload SET LOGGED',
    ],
  ])('rejects a ledger with %s', async (named, add, remove) => {
    await database.asSuperuser(add);
    try {
      await expect(assertLedgerIsSafe(database.appUrl)).rejects.toThrow(named);
    } finally {
      await database.asSuperuser(remove);
    }
    await expect(assertLedgerIsSafe(database.appUrl)).resolves.toBeUndefined();
  });
});

describe('a connection', () => {
  it('commits durably even when the setting of its role was changed', async () => {
    await database.asSuperuser(`${roleHere()} SET synchronous_commit = off`);
    const later = new Database(database.appUrl);
    const [row] = await later.$queryRaw<{ value: string }[]>`
      SELECT current_setting('synchronous_commit') AS value`;
    expect(row?.value).toBe('on');
    await later.$disconnect();
    await database.asSuperuser(`${roleHere()} RESET synchronous_commit`);
  });
});

describe('the clock', () => {
  it('is true within five seconds of the database, and else the process is not ready', async () => {
    expect(await new ClockWatch(db, systemClock).askSkewMs()).toBeLessThan(5000);
    for (const offMs of [-6000, 6000]) {
      const wrong = { now: () => new Date(Date.now() + offMs) };
      await expect(new ClockWatch(db, wrong).askSkewMs()).rejects.toMatchObject({
        code: 'unavailable',
      });
    }
  });
});

describe('a transaction', () => {
  it('takes the epoch back when it fails', async () => {
    const before = await readEpoch(db);
    const failing = transaction(db, async (tx) => {
      await bumpEpoch(tx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await readEpoch(db)).toBe(before);
  });

  it('says a unique violation from other errors', async () => {
    const add = () =>
      db.team.create({ data: { id: '0193b3a0-0000-7000-8000-000000000001', name: 'x' } });
    await add();
    const error: unknown = await add().catch((thrown: unknown) => thrown);
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(new Error('other'))).toBe(false);
  });
});
