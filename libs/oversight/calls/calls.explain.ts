import type { Database } from '#libs/platform/db';
import type { JsonObject } from '#libs/platform/kernel';
import {
  compilePolicy,
  explain,
  readPublishedText,
  type AgentFacts,
  type PersonFacts,
  type PublishedRules,
  type ToolFacts,
} from '#libs/engine/policy';
import type { CallRow } from './calls.sql.js';

/** What one rule said to one principal's side of a call. */
export interface EvaluatedRule {
  principal: 'agent' | 'person';
  rule: string;
  policy: string;
  effect: 'allow' | 'deny' | 'hold';
  result: 'true' | 'false' | 'unknown';
  isDecisive: boolean;
  explanation: string;
}

/**
 * Evaluates a decided call again, by the policy versions that were in force then and by what the registry
 * says of its agent, its person and its tool today. Empty when the arguments or one of them are gone.
 */
export const explainCall = async (
  db: Database,
  row: CallRow,
  args: JsonObject | null,
): Promise<EvaluatedRule[]> => {
  if (row.data.decision === undefined || row.toolId === null || args === null) return [];
  // Nobody asked the rules.
  if (row.data.code === 'kill_switch_active' || row.data.code === 'tool_blocked') return [];
  const agent = await agentFacts(db, row.agentId);
  const tool = await toolFacts(db, row.toolId);
  const person = await personFacts(db, row.data.personId);
  if (agent === null || tool === null || person === undefined) return [];
  const published = await rulesInForceAt(db, row.at);
  const policies = new Map(published.map((rules) => [rules.policyVersionId, rules.policyName]));
  const snapshot = compilePolicy(published, [tool], [agent]);
  const request = { agentId: agent.id, toolId: tool.id, arguments: args, now: row.at, person };
  return explain(snapshot, request).map(({ policyVersionId, ...evaluated }) => ({
    ...evaluated,
    policy: policies.get(policyVersionId) ?? '',
  }));
};

const rulesInForceAt = async (db: Database, at: Date): Promise<PublishedRules[]> => {
  const versions = await db.policyVersion.findMany({
    where: {
      state: { in: ['active', 'archived'] },
      AND: [
        { OR: [{ decidedAt: null }, { decidedAt: { lte: at } }] },
        { OR: [{ archivedAt: null }, { archivedAt: { gt: at } }] },
      ],
    },
    include: { policy: true },
  });
  return Array.fromAsync(versions, async ({ id, policy, text, bindings }) => ({
    policyVersionId: id,
    policyName: policy.name,
    rules: (await readPublishedText({ text, bindings, holdAvailable: true })) ?? [],
  }));
};

const agentFacts = (db: Database, id: string): Promise<AgentFacts | null> =>
  db.agent.findUnique({
    where: { id },
    select: { id: true, name: true, teamId: true, riskTier: true, tags: true },
  });

/** Null: the agent called for itself. Undefined: the person is gone. */
const personFacts = async (
  db: Database,
  id: string | undefined,
): Promise<PersonFacts | null | undefined> => {
  if (id === undefined) return null;
  const row = await db.person.findUnique({
    where: { id },
    select: { groups: { select: { groupId: true } } },
  });
  return row === null ? undefined : { groupIds: row.groups.map(({ groupId }) => groupId) };
};

const toolFacts = async (db: Database, id: string): Promise<ToolFacts | null> => {
  const row = await db.tool.findUnique({
    where: { id },
    include: { server: { select: { slug: true } } },
  });
  if (row === null) return null;
  return {
    id,
    serverId: row.serverId,
    server: row.server.slug,
    name: row.name,
    classification: row.classification,
    annotations: row.annotations as JsonObject,
    inputSchema: row.inputSchema as JsonObject,
  };
};
