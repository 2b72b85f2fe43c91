import { z } from 'zod';
import type { callSchema } from './calls.schemas.js';
import type { CallRow } from './calls.sql.js';

/** One call as lists show it. */
export type CallView = z.infer<typeof callSchema>;

const explanationSchema = z.object({
  reason: z.string().nullable().catch(null),
  remedy: z.string().nullable().catch(null),
});

/** The words beside a decision; null where they have been erased. */
export const explanationOf = ({ explanation }: CallRow): z.infer<typeof explanationSchema> =>
  explanation === null
    ? { reason: null, remedy: null }
    : explanationSchema.parse(JSON.parse(explanation));

/** Turns a call's rows into what lists show. */
export const toCallView = (row: CallRow, agentNames: ReadonlyMap<string, string>): CallView => ({
  id: row.callId,
  at: row.at.toISOString(),
  agent: { id: row.agentId, name: agentNames.get(row.agentId) ?? row.agentId },
  door: row.data.door,
  server: row.data.server,
  tool: row.data.tool,
  toolId: row.toolId,
  decision: row.data.decision ?? 'refused',
  code: row.data.code,
  rule: row.data.rule ?? null,
  reason: explanationOf(row).reason,
  outcome: row.outcome?.outcome ?? null,
  durationMs: row.outcome?.durationMs ?? null,
});
