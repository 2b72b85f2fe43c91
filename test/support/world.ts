import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

// Every other model of prisma/schema.prisma is part of the world, a new one included.
const NOT_OF_THE_WORLD: Record<string, string> = {
  ledger_entry: 'a rejection is recorded there, and looked at by itself',
  ledger_payload: 'the words of such an entry',
};

const SCHEMA = join(import.meta.dirname, '../../prisma/schema.prisma');

/** The table of each model of prisma/schema.prisma. */
export const tablesOfSchema = (): string[] =>
  [...readFileSync(SCHEMA, 'utf8').matchAll(/^model (\w+) \{(.*?)^\}/gms)].map(
    ([, model, body]) => /@@map\("(\w+)"\)/.exec(body ?? '')?.[1] ?? String(model),
  );

/** A database's world, which can be put back to what it was at {@link openWorld}. */
export interface World {
  read(): Promise<Record<string, string>>;
  putBack(): Promise<void>;
  close(): Promise<void>;
}

// What only ever grows stays: an epoch that went back would be no epoch.
const STAYS: ReadonlySet<string> = new Set([...Object.keys(NOT_OF_THE_WORLD), 'epoch']);

/** Keeps a copy of every table; nobody else may write while it is put back. */
export const openWorld = async (superuserUrl: string): Promise<World> => {
  const superuser = new pg.Client({ connectionString: superuserUrl });
  await superuser.connect();
  const tables = tablesOfSchema().filter((table) => !STAYS.has(table));
  await superuser.query('CREATE SCHEMA kept');
  for (const table of tables)
    await superuser.query(`CREATE TABLE kept."${table}" AS TABLE "${table}"`);
  const atFirst = await readWorld(superuser);
  return {
    read: () => readWorld(superuser),
    putBack: async () => {
      const now = await readWorld(superuser);
      const changed = tables.filter((table) => now[table] !== atFirst[table]);
      const refill = changed.map(
        (table) => `DELETE FROM "${table}"; INSERT INTO "${table}" SELECT * FROM kept."${table}";`,
      );
      // No trigger and no foreign key sees the steps in between.
      await superuser.query(
        `BEGIN; SET LOCAL session_replication_role = replica; ${refill.join(' ')} COMMIT;`,
      );
    },
    close: () => superuser.end(),
  };
};

// For each table that a command could change, a digest of all that its rows say.
const readWorld = async (superuser: pg.Client): Promise<Record<string, string>> => {
  const tables = tablesOfSchema().filter((table) => !(table in NOT_OF_THE_WORLD));
  const digests = tables.map(
    (table) =>
      `SELECT '${table}' AS name, count(*) || ' rows, ' || coalesce(md5(string_agg(row::text, '|' ORDER BY row::text)), 'none') AS digest
       FROM "${table}" row`,
  );
  const { rows } = await superuser.query<{ name: string; digest: string }>(
    digests.join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
};
