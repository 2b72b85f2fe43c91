import type { Database } from '#libs/platform/db';
import { z } from 'zod';

const rowSchema = z.object({
  at: z.date(),
  type: z.enum(['call.intent', 'call.outcome', 'call.invalid']),
  data: z.record(z.string(), z.unknown()),
  explanation: z.string().nullable(),
});

const textOrNull = z.string().nullable().catch(null);

/** One call as its own agent sees it. */
export interface OwnCall {
  id: string;
  at: string;
  state: 'invalid' | 'denied' | 'running' | 'ended';
  server: string | null;
  tool: string | null;
  decision: string;
  code: string | null;
  rule: string | null;
  reason: string | null;
  remedy: string | null;
  outcome: string | null;
  durationMs: number | null;
}

/** Reads an agent's own calls from the ledger. */
export class OwnCalls {
  constructor(private readonly db: Database) {}

  /** Null when the agent has made no such call, or not for this person; null for whatever it made. */
  async find(callId: string, agentId: string, personId: string | null): Promise<OwnCall | null> {
    // A gateway's role reads no more of the ledger than this function answers.
    const rows = await this.db.$queryRaw<unknown[]>`
      SELECT at, type, data, explanation FROM ledger_own_call(${callId}::uuid, ${agentId})`;
    const parsed = z.array(rowSchema).parse(rows);
    // One client serves many people: what it did for one is nobody else's to see (invariant G16).
    const isTheirs = personId === null || parsed.some(({ data }) => data['personId'] === personId);
    return isTheirs ? toOwnCall(callId, parsed) : null;
  }
}

type Row = z.infer<typeof rowSchema>;

const toOwnCall = (id: string, rows: readonly Row[]): OwnCall | null => {
  const first = rows.find(({ type }) => type !== 'call.outcome');
  if (first === undefined) return null;
  const end = rows.findLast(({ type }) => type === 'call.outcome');
  const decision = first.type === 'call.invalid' ? 'invalid' : String(first.data['decision']);
  const explanation = parseExplanation(first.explanation);
  return {
    id,
    at: first.at.toISOString(),
    state: stateOf(decision, end !== undefined),
    server: textOrNull.parse(first.data['server'] ?? explanation['server'] ?? null),
    tool: textOrNull.parse(first.data['tool'] ?? explanation['tool'] ?? null),
    decision,
    code: textOrNull.parse(first.data['code']),
    rule: textOrNull.parse(first.data['rule'] ?? null),
    reason: textOrNull.parse(explanation['reason'] ?? null),
    remedy: textOrNull.parse(explanation['remedy'] ?? null),
    outcome: textOrNull.parse(end?.data['outcome'] ?? null),
    durationMs: z
      .number()
      .nullable()
      .catch(null)
      .parse(end?.data['durationMs'] ?? null),
  };
};

const stateOf = (decision: string, hasEnded: boolean): OwnCall['state'] => {
  if (decision === 'invalid') return 'invalid';
  if (decision !== 'allow') return 'denied';
  return hasEnded ? 'ended' : 'running';
};

const parseExplanation = (content: string | null): Record<string, unknown> =>
  content === null ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(content));
