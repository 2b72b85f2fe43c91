import type { Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import type { PendingRecord } from './recorded-agent.js';

type Db = Pick<Database, '$executeRaw'>;

/**
 * Adds what was noted to the inbox. An agent that was bound since is left out: its last rejections are
 * old news.
 */
export const upsertUnregisteredAgents = async (
  db: Db,
  agents: readonly PendingRecord[],
): Promise<void> => {
  const column = <K extends keyof PendingRecord>(key: K) => sorted.map((agent) => agent[key]);
  // In one order everywhere, so that two replicas that write the same agents wait instead of deadlock.
  const sorted = agents.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await db.$executeRaw`
    INSERT INTO unregistered_agent AS known (id, issuer_id, subject, client_id, first_seen_at,
      last_seen_at, attempts, last_source, last_method, last_server, last_tool)
    SELECT c.id, c.issuer_id, c.subject, c.client_id, c.first_seen_at, c.last_seen_at, c.attempts,
      c.last_source, c.last_method, c.last_server, c.last_tool
    FROM unnest(
      ${sorted.map(() => newId())}::uuid[], ${column('issuerId')}::uuid[], ${column('subject')}::text[],
      ${column('clientId')}::text[], ${column('firstSeenAt')}::timestamptz[],
      ${column('lastSeenAt')}::timestamptz[], ${column('attempts')}::int[], ${column('source')}::text[],
      ${column('method')}::text[], ${column('server')}::text[], ${column('tool')}::text[])
      WITH ORDINALITY AS c(id, issuer_id, subject, client_id, first_seen_at, last_seen_at, attempts,
        last_source, last_method, last_server, last_tool, position)
    JOIN issuer i ON i.id = c.issuer_id
    WHERE NOT EXISTS (
      SELECT 1 FROM binding b WHERE b.issuer_id = c.issuer_id AND b.conditions_digest = ''
        AND (b.kind = 'subject' AND b.subject = c.subject
          OR b.kind = 'client' AND b.subject = c.client_id AND c.subject <> c.client_id))
    ORDER BY c.position
    ON CONFLICT (issuer_id, subject, client_id) DO UPDATE SET
      first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at),
      attempts = least(known.attempts::bigint + excluded.attempts, 2147483647)::int,
      last_source = excluded.last_source, last_method = excluded.last_method,
      last_server = excluded.last_server, last_tool = excluded.last_tool`;
};

/** Removes the agents seen longest ago beyond `maxKept`; those that somebody blocked stay. */
export const trimUnregisteredAgents = async (db: Db, maxKept: number): Promise<void> => {
  await db.$executeRaw`SELECT unregistered_agent_trim(${maxKept}::int)`;
};

const keyOf = ({ issuerId, subject, clientId }: PendingRecord): string =>
  `${issuerId}\0${subject}\0${clientId}`;
