import { Prisma, type Tx } from '#libs/platform/db';
import { z } from 'zod';

/** The command whose entries say how far the ledger was looked at. */
export const COMMAND_NAME = 'record-decision-check';

const FIRST = '00000000-0000-0000-0000-000000000000';
const MAX_SCANNED = 200_000;
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
    rule: z.string().nullable(),
    policyVersionId: z.string().nullable(),
    personId: z.string().optional(),
    agentDecision: effect.optional(),
    personDecision: effect.optional(),
    epoch: z.number(),
  }),
  arguments: z.string().nullable(),
  explanation: z.string().nullable(),
});

/** A recorded decision that was drawn. */
export type SampledDecision = z.infer<typeof sampledSchema>;

/** What one round may cost; what does not fit is left to the next one. */
export interface RoundBudget {
  readonly maxDecisions: number;
  /** Of arguments, as they are stored; one decision is always read. */
  readonly maxBytes: number;
  /** Of evaluation; one decision is always evaluated. */
  readonly maxMs: number;
}

/** What was drawn. */
export interface Sample {
  /** As far as the budget goes, in the ledger's order. */
  readonly drawn: readonly SampledDecision[];
  /** How many there are with those that did not fit. */
  readonly total: number;
  /** The last intent that was looked at, if all that was drawn is evaluated; null: nothing to record. */
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
  { maxDecisions, maxBytes }: RoundBudget,
): Promise<Sample> => {
  const scanned = Prisma.sql`
    SELECT id, data FROM ledger_entry
    WHERE type = 'call.intent' AND id > ${from ?? FIRST}::uuid AND id < ${firstIdAt(before)}::uuid
    ORDER BY id LIMIT ${MAX_SCANNED}`;
  const isDrawn = Prisma.sql`
    ('x' || right(s.id::text, 8))::bit(32)::bigint < ${BigInt(Math.ceil((percent / 100) * DRAWN_FROM))}
    -- No policy was asked.
    AND s.data->>'code' NOT IN ('kill_switch_active', 'tool_blocked')`;
  const [last] = await tx.$queryRaw<{ id: string; count: number; drawn: number }[]>`
    SELECT id, (count(*) OVER ())::int AS count, (count(*) FILTER (WHERE ${isDrawn}) OVER ())::int AS drawn
    FROM (${scanned}) s ORDER BY id DESC LIMIT 1`;
  if (last === undefined) return { drawn: [], total: 0, to: null };
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT e.id, e.call_id AS "callId", e.at, e.actor_id AS "agentId", e.data,
           p.content AS arguments, x.content AS explanation
    FROM (
      -- The size of a stored text is known without reading it.
      SELECT f.id, row_number() OVER w AS place, sum(octet_length(a.content)) OVER w AS bytes
      FROM (SELECT s.id FROM (${scanned}) s WHERE ${isDrawn} ORDER BY s.id LIMIT ${maxDecisions}) f
      LEFT JOIN ledger_payload a ON a.entry_id = f.id AND a.name = 'arguments'
      WINDOW w AS (ORDER BY f.id ROWS UNBOUNDED PRECEDING)
    ) fitting JOIN ledger_entry e ON e.id = fitting.id
    LEFT JOIN ledger_payload p ON p.entry_id = e.id AND p.name = 'arguments'
    LEFT JOIN ledger_payload x ON x.entry_id = e.id AND x.name = 'explanation'
    WHERE fitting.place = 1 OR coalesce(fitting.bytes, 0) <= ${maxBytes}
    ORDER BY e.id`;
  const drawn = z.array(sampledSchema).parse(rows);
  const isDue = last.drawn > 0 || last.count === MAX_SCANNED;
  return { drawn, total: last.drawn, to: isDue ? last.id : null };
};

const firstIdAt = (at: Date): string => {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

/** Whose differences are told together: those of one rule of one policy version. */
export interface RuleRef {
  readonly rule: string | null;
  readonly policyVersionId: string | null;
}

/** The rules whose differences an open alert tells already: its call names the rule. */
export const rulesWithOpenAlert = (tx: Tx): Promise<RuleRef[]> => tx.$queryRaw<RuleRef[]>`
  SELECT DISTINCT e.data->>'rule' AS rule, e.data->>'policyVersionId' AS "policyVersionId"
  FROM alert a JOIN ledger_entry e ON e.call_id = a.subject_id::uuid AND e.type = 'call.intent'
  WHERE a.kind = 'decision_mismatch' AND a.acknowledged_at IS NULL`;
