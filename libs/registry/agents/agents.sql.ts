import type { Database, Tx } from '#libs/platform/db';
import { DAY_MS, firstIdAt } from '#libs/platform/kernel';
import { z } from 'zod';

const activitySchema = z.object({
  agentId: z.string(),
  lastCallAt: z.date().nullable(),
  calls: z.number().int(),
  deniedOrInvalid: z.number().int(),
});

/** What an agent has done of late, as the ledger has it. */
export type AgentActivity = Omit<z.infer<typeof activitySchema>, 'agentId'>;

/** When each of these agents last called, and how often in the 24 hours before `now`. */
export const agentActivity = async (
  db: Pick<Database, '$queryRaw'>,
  agentIds: readonly string[],
  now: Date,
): Promise<Map<string, AgentActivity>> => {
  // A range of the index on (actor, id).
  const since = firstIdAt(now.getTime() - DAY_MS);
  const rows = await db.$queryRaw<unknown[]>`
    SELECT a.id AS "agentId", newest.at AS "lastCallAt",
           coalesce(day.calls, 0)::int AS calls, coalesce(day.denied_or_invalid, 0)::int AS "deniedOrInvalid"
    FROM unnest(${agentIds as string[]}::text[]) AS a(id)
    LEFT JOIN LATERAL (
      SELECT e.at FROM ledger_entry e
      WHERE e.actor_kind = 'agent' AND e.actor_id = a.id AND e.type IN ('call.intent', 'call.invalid')
      ORDER BY e.id DESC LIMIT 1) newest ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS calls,
             count(*) FILTER (WHERE e.type = 'call.invalid' OR e.data->>'decision' = 'deny') AS denied_or_invalid
      FROM ledger_entry e
      WHERE e.actor_kind = 'agent' AND e.actor_id = a.id AND e.id >= ${since}::uuid
        AND e.type IN ('call.intent', 'call.invalid')) day ON true`;
  return new Map(
    rows.map((row) => {
      const { agentId, ...activity } = activitySchema.parse(row);
      return [agentId, activity];
    }),
  );
};

/** When this agent last called; null when it never did. */
export const lastCallAt = async (
  db: Pick<Database | Tx, '$queryRaw'>,
  agentId: string,
): Promise<Date | null> => {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT e.at FROM ledger_entry e
    WHERE e.actor_kind = 'agent' AND e.actor_id = ${agentId}
      AND e.type IN ('call.intent', 'call.invalid')
    ORDER BY e.id DESC LIMIT 1`;
  return z.array(z.object({ at: z.date() })).parse(rows)[0]?.at ?? null;
};

/**
 * The active agents that have expired or were idle for too long; limits/enforce-agent-limits.ts says the same
 * of one.
 */
export const agentsOverTheirLimits = async (
  db: Pick<Database, '$queryRaw'>,
  now: Date,
  most: number,
): Promise<string[]> => {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT a.id FROM agent a
    LEFT JOIN LATERAL (
      SELECT e.at FROM ledger_entry e
      WHERE a.inactive_after_days IS NOT NULL AND e.actor_kind = 'agent' AND e.actor_id = a.id::text
        AND e.type IN ('call.intent', 'call.invalid')
      ORDER BY e.id DESC LIMIT 1) newest ON true
    WHERE a.state = 'active' AND (a.expires_at <= ${now}
      OR greatest(newest.at, coalesce(a.activated_at, a.created_at))
        + a.inactive_after_days * interval '24 hours' < ${now})
    ORDER BY a.id LIMIT ${most}`;
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
};
