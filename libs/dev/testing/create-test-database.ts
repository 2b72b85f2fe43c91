import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import type { TestServer } from './global-setup.js';
import { APP_ROLE, asSuperuser, newDatabaseName, OWNER_ROLE, urlOf } from './template-database.js';

/** A migrated database for one suite. */
export interface TestDatabase {
  /** As a role that does the work of every process; {@link asProcess} gives that of one. */
  appUrl: string;
  /** As the owner of the tables, who migrates. */
  ownerUrl: string;
  /** As the superuser, for tampering. */
  superuserUrl: string;
  /** Runs one statement as the superuser. */
  asSuperuser: (sql: string, values?: readonly unknown[]) => Promise<void>;
  /** Ends every connection to it and removes it. */
  drop: () => Promise<void>;
}

const OBJECT_IN_USE = '55006';
const ATTEMPTS = 50;

/** Makes a database for this suite; its spec must be named `*.db.spec.ts`. Drop it in `afterAll`. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const { superuserUrl, template }: TestServer = inject('gatehouseTestServer');
  const name = newDatabaseName();
  await copyTemplate(superuserUrl, template, name);
  const ownUrl = urlOf(superuserUrl, name);
  return {
    appUrl: urlOf(superuserUrl, name, APP_ROLE),
    ownerUrl: urlOf(superuserUrl, name, OWNER_ROLE),
    superuserUrl: ownUrl,
    asSuperuser: (sql, values = []) => asSuperuser(ownUrl, [sql, values]),
    drop: () => asSuperuser(superuserUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
};

// What only ever grows stays.
const KEPT = "('_prisma_migrations', 'epoch', 'ledger_entry', 'ledger_payload')";

/** Takes every row away but those of the ledger: for suites whose tests each begin with nothing. */
export const emptyTestDatabase = ({ superuserUrl }: TestDatabase): Promise<void> =>
  asSuperuser(
    superuserUrl,
    // So that no trigger and no foreign key minds the order.
    'SET session_replication_role = replica',
    `DO $$ DECLARE name text; BEGIN
       FOR name IN SELECT tablename FROM pg_tables
         WHERE schemaname = 'public' AND tablename NOT IN ${KEPT}
       LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
     END $$`,
  );

// PostgreSQL does not copy a template while another suite is copying it.
const copyTemplate = async (url: string, template: string, name: string): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await asSuperuser(url, `CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${OWNER_ROLE}`);
      return;
    } catch (error) {
      const isBusy = error instanceof pg.DatabaseError && error.code === OBJECT_IN_USE;
      if (!isBusy || attempt === ATTEMPTS) throw error;
      await sleep(100);
    }
  }
};
