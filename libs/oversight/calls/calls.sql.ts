import { Prisma, type Database } from '#libs/platform/db';
import { firstIdAt } from '#libs/platform/kernel';
import { CALL_METHODS, IDENTIFICATION_METHODS } from '#libs/engine/ledger';
import { z } from 'zod';
import type { listCallsQuerySchema } from './calls.schemas.js';
import type { CallScope } from './calls.scope.js';

type ListQuery = z.infer<typeof listCallsQuerySchema>;
type Db = Pick<Database, '$queryRaw'>;

const effect = z.enum(['allow', 'deny', 'hold']);

const headDataSchema = z.object({
  protocol: z.enum(['mcp', 'rest']),
  server: z.string().nullable(),
  tool: z.string().nullable(),
  code: z.string(),
  bindingId: z.string(),
  method: z.enum(CALL_METHODS).optional(),
  decision: effect.optional(),
  identifiedBy: z.enum(IDENTIFICATION_METHODS).optional(),
  personId: z.string().optional(),
  delegationId: z.string().optional(),
  actors: z.array(z.string()).optional(),
  agentDecision: effect.optional(),
  personDecision: effect.optional(),
  rule: z.string().nullable().optional(),
  policyVersionId: z.string().nullable().optional(),
  epoch: z.number().optional(),
});

const callRowSchema = z.object({
  callId: z.string(),
  at: z.date(),
  agentId: z.string(),
  toolId: z.string().nullable(),
  data: headDataSchema,
  explanation: z.string().nullable(),
  outcome: z
    .object({
      outcome: z.enum(['succeeded', 'tool_error', 'upstream_error', 'timeout', 'unknown']),
      durationMs: z.number(),
    })
    .nullable(),
});

/** One call as the ledger has it: its first entry, and the newest outcome beside it. */
export type CallRow = z.infer<typeof callRowSchema>;

/** Holds rows of a query of calls to their shape. */
export const parseCallRows = (rows: readonly unknown[]): CallRow[] =>
  z.array(callRowSchema).parse(rows);

const COLUMNS = Prisma.sql`
  head.call_id AS "callId", head.at, head.actor_id AS "agentId", head.subject_id AS "toolId", head.data,
  p.content AS explanation, o.data AS outcome`;

// A later outcome replaces an earlier one that was `unknown`.
const FROM = Prisma.sql`
  FROM ledger_entry head
  LEFT JOIN LATERAL (
    SELECT data FROM ledger_entry o
    WHERE o.call_id = head.call_id AND o.type = 'call.outcome' ORDER BY o.id DESC LIMIT 1) o ON true
  LEFT JOIN ledger_payload p ON p.entry_id = head.id AND p.name = 'explanation'`;

const HEADS = Prisma.sql`head.type IN ('call.intent', 'call.invalid') AND head.call_id IS NOT NULL`;

/** One page of calls, newest or oldest first; ids sort by time, so the page comes off an index. */
export const readCalls = async (db: Db, query: ListQuery, scope: CallScope): Promise<CallRow[]> => {
  const order = query.order === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const rows = await db.$queryRaw<unknown[]>(Prisma.sql`
    SELECT ${COLUMNS} ${FROM} WHERE ${where(query, scope)}
    ORDER BY head.id ${order} LIMIT ${query.perPage} OFFSET ${(query.page - 1) * query.perPage}`);
  return parseCallRows(rows);
};

/** How many calls there are in all. */
export const countCalls = async (db: Db, query: ListQuery, scope: CallScope): Promise<number> => {
  const from = query.outcome === undefined ? Prisma.sql`FROM ledger_entry head` : FROM;
  const rows = await db.$queryRaw<unknown[]>(
    Prisma.sql`SELECT count(*)::int AS total ${from} WHERE ${where(query, scope)}`,
  );
  return z.object({ total: z.number() }).parse(rows[0]).total;
};

/** One call, by its id, if it is in scope. */
export const readCall = async (
  db: Db,
  callId: string,
  scope: CallScope,
): Promise<CallRow | null> => {
  const conditions = [HEADS, Prisma.sql`head.call_id = ${callId}::uuid`, ...inScope(scope)];
  const rows = await db.$queryRaw<unknown[]>(Prisma.sql`
    SELECT ${COLUMNS} ${FROM} WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY head.id LIMIT 1`);
  return rows.length === 0 ? null : callRowSchema.parse(rows[0]);
};

const entryRowSchema = z.object({
  id: z.string(),
  type: z.string(),
  at: z.date(),
  chain: z.string(),
  seq: z.bigint(),
  hash: z.instanceof(Uint8Array),
  arguments: z.string().nullable(),
});

/** The ledger's entries about one call, in order, with the arguments where they still are. */
export const readCallEntries = async (db: Db, callId: string) => {
  const rows = await db.$queryRaw<unknown[]>(Prisma.sql`
    SELECT e.id, e.type, e.at, e.chain, e.seq, e.hash, p.content AS arguments
    FROM ledger_entry e
    LEFT JOIN ledger_payload p ON p.entry_id = e.id AND p.name = 'arguments'
    WHERE e.call_id = ${callId}::uuid ORDER BY e.id`);
  return z.array(entryRowSchema).parse(rows);
};

const where = (query: ListQuery, scope: CallScope): Prisma.Sql => {
  const conditions = [HEADS, ...subjects(query, scope), ...contents(query), ...times(query)];
  return Prisma.join(conditions, ' AND ');
};

const inScope = (scope: CallScope): Prisma.Sql[] =>
  scope === null ? [] : [Prisma.sql`head.actor_kind = 'agent' AND head.actor_id = ANY(${scope})`];

const subjects = ({ agentId, personId, toolId }: ListQuery, scope: CallScope): Prisma.Sql[] => [
  ...(personId === undefined ? [] : [Prisma.sql`head.data->>'personId' = ${personId}`]),
  ...(agentId === undefined
    ? []
    : [Prisma.sql`head.actor_kind = 'agent' AND head.actor_id = ${agentId}`]),
  ...inScope(scope),
  ...(toolId === undefined
    ? []
    : [Prisma.sql`head.subject_kind = 'tool' AND head.subject_id = ${toolId}`]),
];

const contents = ({ server, decision, outcome, rule }: ListQuery): Prisma.Sql[] => [
  ...(server === undefined ? [] : [Prisma.sql`head.data->>'server' = ${server}`]),
  ...(rule === undefined ? [] : [Prisma.sql`head.data->>'rule' = ${rule}`]),
  ...(outcome === undefined ? [] : [Prisma.sql`o.data->>'outcome' = ${outcome}`]),
  ...(decision === undefined
    ? []
    : decision === 'invalid'
      ? [Prisma.sql`head.type = 'call.invalid'`]
      : [Prisma.sql`head.type = 'call.intent' AND head.data->>'decision' = ${decision}`]),
];

// Ids are version 7 UUIDs: a range of time is a range of ids, with room for clocks that differ.
const SKEW_MS = 60_000;

const times = ({ from, to }: ListQuery): Prisma.Sql[] => [
  ...(from === undefined
    ? []
    : [
        Prisma.sql`head.at >= ${new Date(from)} AND head.id >= ${firstIdAt(Date.parse(from) - SKEW_MS)}::uuid`,
      ]),
  ...(to === undefined
    ? []
    : [
        Prisma.sql`head.at <= ${new Date(to)} AND head.id < ${firstIdAt(Date.parse(to) + SKEW_MS)}::uuid`,
      ]),
];
