import { assertSchemaCompatibility, runMigrations } from 'bullmq';
import { ADVISORY_LOCKS } from '#libs/platform/db';
import type pg from 'pg';
import { JOBS } from './jobs.js';
import { QUEUE_SCHEMA, type QueueLocation } from './queue-backend.js';
import { withClient } from './with-client.js';

const GRANTS = (role: string): readonly string[] => [
  `REVOKE ALL ON SCHEMA ${QUEUE_SCHEMA} FROM PUBLIC`,
  `GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${role}`,
  `GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${role}`,
  `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO ${role}`,
];

// BullMQ makes a queue's sequence at its first job, which would take the right to make things there;
// made beforehand by the owner, no other role needs such a right.
const createSequences = async (client: pg.Client): Promise<void> => {
  for (const queue of new Set(Object.values(JOBS).map((job) => job.queue))) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT ${QUEUE_SCHEMA}.job_id_seq_name($1) AS name`,
      [queue],
    );
    const name = client.escapeIdentifier(rows[0]?.name ?? '');
    await client.query(`CREATE SEQUENCE IF NOT EXISTS ${QUEUE_SCHEMA}.${name}`);
  }
};

/**
 * Brings BullMQ's schema up as the owner and lets those of these roles that are there use it;
 * they then need to own nothing. Safe to run again; must run before any worker starts (see {@link assertQueueIsReady}).
 */
export const migrateQueue = (ownerUrl: string, roles: readonly string[]): Promise<void> =>
  withClient(ownerUrl, async (client) => {
    await runMigrations(client, QUEUE_SCHEMA);
    await client.query('BEGIN');
    // Several processes may bring the schema up at once; grants on one object do not bear that.
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.queueSchema]);
    await createSequences(client);
    const { rows } = await client.query<{ role: string }>(
      'SELECT rolname AS role FROM pg_roles WHERE rolname = ANY($1)',
      [roles],
    );
    const grants = rows.flatMap(({ role }) => GRANTS(client.escapeIdentifier(role)));
    for (const grant of grants) await client.query(grant);
    await client.query('COMMIT');
  });

/**
 * Rejects a PostgreSQL queue whose schema is missing, newer than this version, or not ours to use: a
 * BullMQ worker on such a schema would retry in a hot loop. On Redis there is nothing to check.
 */
export const assertQueueIsReady = async (location: QueueLocation): Promise<void> => {
  if (location.redisUrl !== null) return;
  try {
    await withClient(location.databaseUrl, (client) =>
      assertSchemaCompatibility(client, QUEUE_SCHEMA),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason';
    throw new Error(
      `The queue's schema is not ready (${why}). Run the migrations first: start once with MIGRATE_DATABASE_URL set.`,
      { cause: error },
    );
  }
};
