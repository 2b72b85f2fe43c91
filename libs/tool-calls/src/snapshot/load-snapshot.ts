import { readEpoch, transaction, type Database, type Tx } from '#libs/db';
import { trustedIssuer } from '#libs/identity';
import type { JsonObject } from '#libs/kernel';
import { loadPublishedRules } from '#libs/policies';
import { compilePolicy, toolKey, type AgentFacts, type ToolFacts } from '#libs/policy';
import { ArgumentBinders } from './argument-binders.js';
import type { BoundAgent, GatewaySnapshot, GatewayTool } from './gateway-snapshot.js';

/** Reads one epoch whole, in one transaction, so that no half of a change is ever judged. */
export const loadSnapshot = async (
  db: Database,
  binders: ArgumentBinders,
): Promise<GatewaySnapshot> => {
  const rows = await transaction(db, readRows, { isolation: 'RepeatableRead' });
  const facts = rows.tools.map(toolFacts);
  // Only an active agent's rights are compiled: for any other, the policy knows no agent at all.
  const active = rows.agents.filter(({ state }) => state === 'active').map(agentFacts);
  return {
    epoch: rows.epoch,
    issuers: new Map(rows.issuers.map((row) => [row.url, trustedIssuer(row)])),
    bindingsOf: bindingsIn(rows.agents),
    tools: new Map(
      rows.tools.map((row, index) => [
        toolKey(facts[index] as ToolFacts),
        gatewayTool(row, binders),
      ]),
    ),
    policy: compilePolicy(rows.published, facts, active),
  };
};

type Rows = Awaited<ReturnType<typeof readRows>>;
type ToolRow = Rows['tools'][number];
type AgentRow = Rows['agents'][number];

const readRows = async (tx: Tx) => ({
  epoch: await readEpoch(tx),
  issuers: await tx.issuer.findMany(),
  agents: await tx.agent.findMany({
    include: { team: true, bindings: { include: { issuer: true } } },
  }),
  tools: await tx.tool.findMany({
    where: { server: { state: 'ready' } },
    include: { server: { omit: { openapi: true } } },
    orderBy: [{ server: { slug: 'asc' } }, { name: 'asc' }],
  }),
  published: await loadPublishedRules(tx),
});

const agentFacts = (row: AgentRow): AgentFacts => ({
  id: row.id,
  name: row.name,
  team: row.team.name,
  riskTier: row.riskTier,
  tags: row.tags,
});

const toolFacts = (row: ToolRow): ToolFacts => ({
  id: row.id,
  server: row.server.slug,
  name: row.name,
  classification: row.classification,
  annotations: jsonObject(row.annotations),
  inputSchema: jsonObject(row.inputSchema),
});

const gatewayTool = (row: ToolRow, binders: ArgumentBinders): GatewayTool => {
  const inputSchema = jsonObject(row.inputSchema);
  const { id, name, title, description, definitionDigest } = row;
  const { slug, kind, url } = row.server;
  return {
    id,
    name,
    title,
    description,
    definitionDigest,
    inputSchema,
    server: { id: row.server.id, slug, kind, url },
    annotations: jsonObject(row.annotations),
    operation: row.operation === null ? null : jsonObject(row.operation),
    bind: (value) => binders.bind(definitionDigest, inputSchema, value),
  };
};

const bindingsIn = (agents: readonly AgentRow[]): GatewaySnapshot['bindingsOf'] => {
  const byIssuer = new Map<string, Map<string, BoundAgent[]>>();
  for (const { id, name, state, bindings } of agents) {
    for (const binding of bindings) {
      const bySubject = byIssuer.get(binding.issuer.url) ?? new Map<string, BoundAgent[]>();
      const bound = {
        agent: { id, name, state },
        bindingId: binding.id,
        issuerId: binding.issuerId,
      };
      bySubject.set(binding.subject, [...(bySubject.get(binding.subject) ?? []), bound]);
      byIssuer.set(binding.issuer.url, bySubject);
    }
  }
  return (issuer, subject) => byIssuer.get(issuer)?.get(subject) ?? [];
};

const jsonObject = (value: unknown): JsonObject => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('a registry row holds something else where a JSON object belongs');
  return value as JsonObject;
};
