import { ADVISORY_LOCKS } from '#libs/platform/db';
import { Client } from 'pg';
import { environmentOf, type Installation } from './installation.js';
import { asSuperuser } from './superuser.js';

/**
 * When transactions committed, by PostgreSQL's own clock at their commits: what a count after the fact
 * cannot say, namely what came between a commit and the moment at which somebody first looked.
 */
export interface CommitOrder {
  /** The commit of the newest change that a person or a provisioning client made. */
  newestChange(): Promise<Moment>;
  now(): Promise<Moment>;
  /** Allowed calls that match the condition and committed after one moment and before the other. */
  allowsBetween(condition: string, after: Moment, before?: Moment): Promise<number>;
  /** Takes the epoch out of the ledger's guard until told to put it back: the negative control. */
  removeGuard(): Promise<() => Promise<void>>;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Microseconds matter, and a Date has none. */
export interface Moment {
  readonly at: string;
}

/** Has the installation's PostgreSQL remember commit times, for which it must be started anew. */
export const rememberCommitTimes = async (site: Installation): Promise<void> => {
  await asSuperuser(site, 'ALTER SYSTEM SET track_commit_timestamp = on');
  await site.end();
  await site.restart();
};

/** Looks at a running installation as the database's superuser. */
export const commitOrder = async (site: Installation): Promise<CommitOrder> => {
  const { settings } = await environmentOf(site);
  const client = new Client({ connectionString: settings['GATEHOUSE_LOCAL_DATABASE_URL']! });
  await client.connect();
  const query = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await client.query<Record<string, unknown>>(sql, values)).rows;
  const moment = async (sql: string): Promise<Moment> => {
    const [row] = await query(sql);
    return { at: String(row?.['at']) };
  };
  return {
    query,
    newestChange: () =>
      moment(`SELECT pg_xact_commit_timestamp(xmin)::text AS at FROM ledger_entry
              WHERE actor_kind IN ('person', 'scim') ORDER BY id DESC LIMIT 1`),
    now: () => moment('SELECT clock_timestamp()::text AS at'),
    allowsBetween: async (condition, after, before = { at: 'infinity' }) => {
      const [row] = await query(
        `SELECT count(*)::int AS n FROM ledger_entry
         WHERE type = 'call.intent' AND data->>'decision' = 'allow' AND (${condition})
           AND pg_xact_commit_timestamp(xmin) > $1::timestamptz
           AND pg_xact_commit_timestamp(xmin) < $2::timestamptz`,
        [after.at, before.at],
      );
      return Number(row?.['n']);
    },
    removeGuard: async () => {
      const [row] = await query(`SELECT pg_get_functiondef('ledger_append'::regproc) AS text`);
      const guarded = String(row?.['text']);
      const unguarded = guarded
        .replace(`PERFORM pg_advisory_xact_lock_shared(${ADVISORY_LOCKS.epoch});`, '')
        .replace(
          /SELECT value INTO STRICT v_epoch FROM epoch WHERE id = 1;/,
          'v_epoch := p_epoch;',
        );
      if (unguarded.length > guarded.length - 60) throw new Error('the guard was not found');
      await query(unguarded);
      return async () => void (await query(guarded));
    },
    close: () => client.end(),
  };
};
