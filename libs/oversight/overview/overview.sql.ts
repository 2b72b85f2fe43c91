import { Prisma, type Database } from '#libs/platform/db';
import { firstIdAt } from '#libs/platform/kernel';
import { parseCallRows } from '#libs/oversight/calls';
import { z } from 'zod';
import type { OverviewScope } from './overview.scope.js';

type Db = Pick<Database, '$queryRaw'>;

const inScope = ({ calls }: OverviewScope) =>
  calls === null
    ? Prisma.empty
    : Prisma.sql`AND e.actor_kind = 'agent' AND e.actor_id = ANY(${calls})`;

const hourSchema = z.object({
  hour: z.date(),
  decision: z.enum(['allow', 'deny', 'hold', 'invalid']),
  count: z.number().int(),
});

/** Calls since then by hour and decision. */
export const callsByHour = async (db: Db, scope: OverviewScope, since: Date) => {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT date_trunc('hour', e.at, 'UTC') AS hour,
           CASE e.type WHEN 'call.invalid' THEN 'invalid' ELSE e.data->>'decision' END AS decision,
           count(*)::int AS count
    FROM ledger_entry e
    WHERE e.type IN ('call.intent', 'call.invalid') AND e.id >= ${firstIdAt(since.getTime())}::uuid
      AND e.at >= ${since} ${inScope(scope)}
    GROUP BY 1, 2`;
  return z.array(hourSchema).parse(rows);
};

const requestCountSchema = z.object({ reason: z.string(), count: z.number().int() });

/** Requests since then in which no known agent was identified, by reason, most frequent first. */
export const countRequestsWithoutAgent = async (db: Db, since: Date) => {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT e.data->>'reason' AS reason, sum((e.data->>'count')::int)::int AS count
    FROM ledger_entry e
    WHERE e.type = 'rejection.counted' AND e.id >= ${firstIdAt(since.getTime())}::uuid
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`;
  return z.array(requestCountSchema).parse(rows);
};

/** The newest calls that were denied or invalid. */
export const latestDeniedOrInvalid = async (db: Db, scope: OverviewScope, limit: number) => {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT e.call_id AS "callId", e.at, e.actor_id AS "agentId", e.subject_id AS "toolId",
           e.data, p.content AS explanation, NULL AS outcome
    FROM (
      (SELECT * FROM ledger_entry e WHERE e.type = 'call.intent' AND e.call_id IS NOT NULL
         AND e.data->>'decision' = 'deny' ${inScope(scope)} ORDER BY e.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT * FROM ledger_entry e WHERE e.type = 'call.invalid' ${inScope(scope)}
       ORDER BY e.id DESC LIMIT ${limit})
    ) e
    LEFT JOIN ledger_payload p ON p.entry_id = e.id AND p.name = 'explanation'
    ORDER BY e.id DESC LIMIT ${limit}`;
  return parseCallRows(rows);
};

const changeSchema = z.object({
  id: z.string(),
  at: z.date(),
  type: z.string(),
  outcome: z.string(),
  names: z.string().nullable(),
});

// Coming and going is no change.
const NO_CHANGES = ['start-session', 'end-session'];

/** What people changed, or tried to, since then; newest first. */
export const changesByPeople = async (db: Db, since: Date, limit: number) => {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT e.id, e.at, e.type, e.data->>'outcome' AS outcome, p.content AS names
    FROM ledger_entry e
    LEFT JOIN ledger_payload p ON p.entry_id = e.id AND p.name = 'names'
    WHERE e.actor_kind = 'person' AND e.id >= ${firstIdAt(since.getTime())}::uuid
      AND e.type <> ALL(${NO_CHANGES}::text[])
    ORDER BY e.id DESC LIMIT ${limit}`;
  return z.array(changeSchema).parse(rows);
};

const ledgerSchema = z.object({
  entries: z.number().int(),
  verifiedAt: z.date().nullable(),
  facts: z.object({ ok: z.boolean(), entries: z.number().int() }).nullable().catch(null),
});

/**
 * How many entries there are, and the newest verification. Sequences have no gaps, so the heads of the
 * chains give the number: one look into the index a chain, however long the ledger is.
 */
export const ledgerState = async (db: Db) => {
  const rows = await db.$queryRaw<unknown[]>`
    WITH RECURSIVE chains AS (
      (SELECT chain FROM ledger_entry ORDER BY chain LIMIT 1)
      UNION ALL
      SELECT (SELECT e.chain FROM ledger_entry e WHERE e.chain > c.chain ORDER BY e.chain LIMIT 1)
      FROM chains c WHERE c.chain IS NOT NULL
    ), heads AS (
      SELECT (SELECT max(e.seq) FROM ledger_entry e WHERE e.chain = c.chain) AS seq
      FROM chains c WHERE c.chain IS NOT NULL
    )
    SELECT coalesce((SELECT sum(seq) FROM heads), 0)::float8 AS entries,
           v.at AS "verifiedAt", v.data->'facts' AS facts
    FROM (SELECT 1) one
    LEFT JOIN LATERAL (
      SELECT e.at, e.data FROM ledger_entry e
      WHERE e.type = 'verify-ledger' AND e.data->>'outcome' = 'succeeded'
      ORDER BY e.id DESC LIMIT 1
    ) v ON true`;
  return ledgerSchema.parse(rows[0]);
};
