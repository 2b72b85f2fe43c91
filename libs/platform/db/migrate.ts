import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import { Client } from 'pg';
import { applyMigrations } from './schema-engine.js';
import { grantRights, type DatabaseRoles } from './rights/grant-rights.js';

/**
 * Rejects a database that a pre-release build made: it has a migration that is not among ours, or that says
 * something else there, and there is no way from its tables to ours. Nothing in it is changed.
 * @throws DomainError `precondition_failed`
 */
const assertNotPreRelease = async (ownerUrl: string, prismaDir: string): Promise<void> => {
  const migrations = join(prismaDir, 'migrations');
  const ours = new Map(
    readdirSync(migrations, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => [name, checksumOf(join(migrations, name, 'migration.sql'))]),
  );
  const baseline = [...ours.keys()].toSorted()[0] ?? '';
  // A newer name is a newer version's, which is for the schema engine to judge.
  const isForeign = ({ name, checksum }: AppliedMigration): boolean =>
    name < baseline || (ours.has(name) && ours.get(name) !== checksum);
  if (!(await appliedMigrations(ownerUrl)).some(isForeign)) return;
  throw new DomainError(
    'precondition_failed',
    'The database is from a pre-release of Gatehouse and cannot be upgraded: begin anew with an empty one.',
  );
};

interface AppliedMigration {
  name: string;
  /** SHA-256 of its script, as the schema engine wrote it. */
  checksum: string;
}

const checksumOf = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex');

const appliedMigrations = async (url: string): Promise<AppliedMigration[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const table = await client.query<{ name: string | null }>(
      `SELECT to_regclass('public._prisma_migrations')::text AS name`,
    );
    if ((table.rows[0]?.name ?? null) === null) return [];
    const { rows } = await client.query<AppliedMigration>(
      'SELECT migration_name AS name, checksum FROM public._prisma_migrations',
    );
    return rows;
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
