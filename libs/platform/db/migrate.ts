import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import { Client } from 'pg';
import { applyMigrations } from './schema-engine.js';
import { grantRights, type DatabaseRoles } from './rights/grant-rights.js';

/**
 * Rejects a database that a pre-release build made: it has a migration from before our first one, and
 * there is no way from its tables to ours. Nothing in it is changed.
 * @throws DomainError `precondition_failed`
 */
const assertNotPreRelease = async (ownerUrl: string, prismaDir: string): Promise<void> => {
  const baseline = readdirSync(join(prismaDir, 'migrations')).toSorted()[0] ?? '';
  const oldest = await oldestMigration(ownerUrl);
  if (oldest === null || oldest >= baseline) return;
  throw new DomainError(
    'precondition_failed',
    'The database is from a pre-release of Gatehouse and cannot be upgraded: begin anew with an empty one.',
  );
};

const oldestMigration = async (url: string): Promise<string | null> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const table = await client.query<{ name: string | null }>(
      `SELECT to_regclass('public._prisma_migrations')::text AS name`,
    );
    if ((table.rows[0]?.name ?? null) === null) return null;
    const oldest = await client.query<{ name: string | null }>(
      'SELECT min(migration_name) AS name FROM public._prisma_migrations',
    );
    return oldest.rows[0]?.name ?? null;
  } finally {
    await client.end();
  }
};

/** What {@link migrate} needs: the owner's connection, whom to give rights, where `prisma/` is. */
export interface MigrateOptions {
  ownerUrl: string;
  roles: DatabaseRoles;
  /** A role that does the work of every process, if there is one. */
  sharedRole: string | null;
  prismaDir: string;
}

/**
 * Brings the database to this version's schema and the roles of the processes to their rights. Safe to run
 * again; answers the names of the migrations it applied.
 * @throws DomainError `precondition_failed` for a database of a pre-release build, which stays as it is.
 */
export const migrate = async (options: MigrateOptions): Promise<string[]> => {
  await assertNotPreRelease(options.ownerUrl, options.prismaDir);
  const applied = await applyMigrations(options.ownerUrl, options.prismaDir);
  await grantRights(options.ownerUrl, options.roles, options.sharedRole);
  return applied;
};
