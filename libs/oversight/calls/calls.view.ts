import { z } from 'zod';
import type { callSchema } from './calls.schemas.js';
import type { CallRow } from './calls.sql.js';

/** One call as lists show it. */
export type CallView = z.infer<typeof callSchema>;

const explanationSchema = z.object({
  reason: z.string().nullable().catch(null),
  remedy: z.string().nullable().catch(null),
  server: z.string().nullable().catch(null),
  tool: z.string().nullable().catch(null),
});

/** The words beside a decision; null where they have been erased. */
export const explanationOf = ({ explanation }: CallRow): z.infer<typeof explanationSchema> =>
  explanation === null
    ? { reason: null, remedy: null, server: null, tool: null }
    : explanationSchema.parse(JSON.parse(explanation));

// At /mcp a name without a server's slug before it asks for a tool of no server.
const requestedToolOf = (row: CallRow): CallView['requestedTool'] => {
  const { server, tool } = explanationOf(row);
  return row.data.tool === null && tool !== null ? { server: server || null, tool } : null;
};

// Only a rejection may have been of anything but a call; older ones do not say of what.
const methodOf = (
  { data }: CallRow,
  requestedTool: CallView['requestedTool'],
): CallView['method'] => {
  const isCall = data.decision !== undefined || data.tool !== null || requestedTool !== null;
  return data.method ?? (isCall ? 'tools/call' : null);
};

/** Turns a call's rows into what lists show; `names` are those of agents and people, by their ids. */
export const toCallView = (row: CallRow, names: ReadonlyMap<string, string>): CallView => {
  const requestedTool = requestedToolOf(row);
  const { personId } = row.data;
  return {
    id: row.callId,
    at: row.at.toISOString(),
    agent: { id: row.agentId, name: names.get(row.agentId) ?? row.agentId },
    person: personId === undefined ? null : { id: personId, name: names.get(personId) ?? personId },
    identifiedBy: row.data.identifiedBy ?? null,
    protocol: row.data.protocol,
    server: row.data.server,
    tool: row.data.tool,
    toolId: row.toolId,
    method: methodOf(row, requestedTool),
    requestedTool,
    decision: row.data.decision ?? 'invalid',
    code: row.data.code,
    rule: row.data.rule ?? null,
    reason: explanationOf(row).reason,
    outcome: row.outcome?.outcome ?? null,
    durationMs: row.outcome?.durationMs ?? null,
  };
};
