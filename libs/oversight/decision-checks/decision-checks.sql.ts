import { Prisma, type Tx } from '#libs/platform/db';
import { z } from 'zod';

/** The command whose entries say how far the ledger was looked at. */
export const COMMAND_NAME = 'record-decision-check';

const FIRST = '00000000-0000-0000-0000-000000000000';
const MAX_SCANNED = 200_000;
const MAX_SAMPLE = 1000;
// The last eight digits of an id are random: as a number below 2^32 they draw the sample.
const DRAWN_FROM = 2 ** 32;

const effect = z.enum(['allow', 'deny', 'hold']);

const sampledSchema = z.object({
  id: z.string(),
  callId: z.string(),
  at: z.date(),
  agentId: z.string(),
  data: z.object({
    toolId: z.string(),
    decision: effect,
    code: z.string(),
    personId: z.string().optional(),
    agentDecision: effect.optional(),
    personDecision: effect.optional(),
    epoch: z.number(),
  }),
  arguments: z.string().nullable(),
});

/** A recorded decision that was drawn. */
export type SampledDecision = z.infer<typeof sampledSchema>;

/** What was drawn, and the last intent that was looked at; null: nothing to record. */
export interface Sample {
  readonly drawn: readonly SampledDecision[];
  readonly to: string | null;
}

/** The last intent that a round looked at; null before the first. */
export const lastChecked = async (tx: Tx): Promise<string | null> => {
  const rows = await tx.$queryRaw<{ to: string }[]>`
    SELECT data->'facts'->>'to' AS to FROM ledger_entry
    WHERE type = ${COMMAND_NAME} AND data->>'outcome' = 'succeeded' ORDER BY id DESC LIMIT 1`;
  return rows[0]?.to ?? null;
};

/** Draws from the intents after `from`, as far as a round goes. */
export const drawSample = async (
  tx: Tx,
  from: string | null,
  before: Date,
  percent: number,
): Promise<Sample> => {
  const scanned = Prisma.sql`
    SELECT id FROM ledger_entry
    WHERE type = 'call.intent' AND id > ${from ?? FIRST}::uuid AND id < ${firstIdAt(before)}::uuid
    ORDER BY id LIMIT ${MAX_SCANNED}`;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT e.id, e.call_id AS "callId", e.at, e.actor_id AS "agentId", e.data,
           p.content AS arguments
    FROM (${scanned}) s JOIN ledger_entry e ON e.id = s.id
    LEFT JOIN ledger_payload p ON p.entry_id = e.id AND p.name = 'arguments'
    WHERE ('x' || right(s.id::text, 8))::bit(32)::bigint < ${BigInt(Math.ceil((percent / 100) * DRAWN_FROM))}
      -- A kill switch denied it, and no policy was asked.
      AND e.data->>'code' <> 'kill_switch_active'
    ORDER BY e.id LIMIT ${MAX_SAMPLE}`;
  const drawn = z.array(sampledSchema).parse(rows);
  if (drawn.length === MAX_SAMPLE) return { drawn, to: drawn.at(-1)?.id ?? null };
  const [last] = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT id, (count(*) OVER ())::int AS count FROM (${scanned}) s ORDER BY id DESC LIMIT 1`;
  const isDue = drawn.length > 0 || last?.count === MAX_SCANNED;
  return { drawn, to: isDue && last !== undefined ? last.id : null };
};

const firstIdAt = (at: Date): string => {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};
