import type { Tx } from '#libs/platform/db';
import { isObject, type JsonObject } from '#libs/platform/kernel';
import { tokenDigest } from '#libs/trust/authorization-liveness';
import {
  trustedIssuer,
  type BindingCondition,
  type OwnIssuer,
  type TrustedIssuer,
} from '#libs/trust/token-verification';
import type { RecordBook } from '#libs/engine/record-signatures';
import { compilePolicy, toolKey, type AgentFacts, type ToolFacts } from '#libs/engine/policy';
import type { ArgumentBinders } from './argument-binders.js';
import type {
  GatewayAgent,
  GatewayBinding,
  GatewayKillSwitch,
  GatewayTool,
  RegistrySection,
} from './gateway-snapshot.js';
import { shownFields } from './shown-fields.js';
import { toolBlock } from './tool-block.js';
import { ByTwoKeys } from './two-keys.js';
import { readRegistry } from './read-registry.js';

/** Who issues our own tokens, and for which resources. */
export type OwnIssuerSettings = Omit<OwnIssuer, 'keys'>;

type PublicKey = OwnIssuer['keys'][number];

/** Reads everything that is not about people, and compiles the policies. */
export const loadRegistry = async (
  tx: Tx,
  binders: ArgumentBinders,
  own: OwnIssuerSettings,
  book: RecordBook,
): Promise<RegistrySection> => {
  await book.refresh(tx);
  const { rows, unverified } = await readRegistry(tx, book);
  const facts = rows.tools.map(toolFacts);
  // Only an active agent's rights are compiled: for any other, the policy knows no agent at all.
  const active = rows.agents.filter(({ state }) => state === 'active').map(agentFacts);
  // Nobody else signs in our name.
  const issuers = rows.issuers.filter(({ url }) => url !== own.url).map(trustedIssuer);
  return {
    issuers: new Map(issuers.map((issuer) => [issuer.url, issuer])),
    issuerIds: new Set(issuers.map(({ id }) => id)),
    own: { ...own, keys: rows.keys.map(({ publicKey }) => jsonObject(publicKey) as PublicKey) },
    ...bindingsIn(rows, issuers),
    ...tokensIn(rows),
    tools: new Map(
      rows.tools.map((row, index) => [
        toolKey(facts[index] as ToolFacts),
        gatewayTool(row, binders),
      ]),
    ),
    unverified,
    policy: compilePolicy(rows.published, facts, active),
    emergencyEnds: rows.emergencyEnds,
    killSwitchOf: withReleased(indexKillSwitches(rows.killSwitches), rows.releasedUntil),
  };
};

type Rows = Awaited<ReturnType<typeof readRegistry>>['rows'];
type ToolRow = Rows['tools'][number];
type AgentRow = Rows['agents'][number];

const bindingsIn = ({ agents: rows, unboundClients }: Rows, issuers: readonly TrustedIssuer[]) => {
  const urls = new Map(issuers.map(({ id, url }) => [id, url]));
  const agents = rows.map(gatewayAgent);
  const bindings = rows.flatMap(({ bindings: own }, index) =>
    own.flatMap((row) => gatewayBinding(row, agents[index] as GatewayAgent, urls) ?? []),
  );
  const unbound = new ByTwoKeys<true>();
  for (const { issuerId, clientId } of unboundClients)
    unbound.set(urls.get(issuerId) ?? '', clientId, true);
  return {
    ...indexBindings(new Map(agents.map((agent) => [agent.id, agent])), bindings),
    wasClientUnbound: (issuer: string, client: string) => unbound.get(issuer, client) === true,
  };
};

const gatewayAgent = (row: AgentRow): GatewayAgent => {
  const { id, name, state, expiresAt, tokensRevokedBefore } = row;
  return { id, name, state, expiresAt, tokensRevokedBefore };
};

// A binding of an issuer that is not trusted any more names nobody, nor do tokens of our own that were
// obtained with it.
const gatewayBinding = (
  row: AgentRow['bindings'][number],
  agent: GatewayAgent,
  issuers: ReadonlyMap<string, string>,
): GatewayBinding | null => {
  const { id, kind, issuerId, subject } = row;
  if (kind === 'key') return { id, agent, kind, token: null };
  const issuerUrl = issuerId === null ? undefined : issuers.get(issuerId);
  if (issuerId === null || issuerUrl === undefined) return null;
  // As libs/registry/agents checked it when it was saved.
  const conditions = row.conditions as unknown as BindingCondition[];
  return { id, agent, kind, token: { kind, issuerUrl, subject, conditions, issuerId } };
};

const NONE: readonly GatewayBinding[] = [];

// Finds agents by what a token says: each look-up is one exact match.
const indexBindings = (
  agents: ReadonlyMap<string, GatewayAgent>,
  bindings: readonly GatewayBinding[],
): Pick<RegistrySection, 'agents' | 'bindings' | 'subjectBindings' | 'clientBindings'> => {
  const byKind = {
    subject: new ByTwoKeys<GatewayBinding[]>(),
    client: new ByTwoKeys<GatewayBinding[]>(),
  };
  for (const binding of bindings) {
    if (binding.token === null) continue;
    const { kind, issuerUrl, subject } = binding.token;
    const alike = byKind[kind].get(issuerUrl, subject);
    if (alike === undefined) byKind[kind].set(issuerUrl, subject, [binding]);
    else alike.push(binding);
  }
  return {
    agents,
    bindings: new Map(bindings.map((binding) => [binding.id, binding])),
    subjectBindings: (issuer, subject) => byKind.subject.get(issuer, subject) ?? NONE,
    clientBindings: (issuer, client) => byKind.client.get(issuer, client) ?? NONE,
  };
};

const tokensIn = ({ revoked, blocked }: Rows) => {
  const tokens = new ByTwoKeys<true>();
  for (const { issuer, tokenId } of revoked) tokens.set(issuer, tokenId, true);
  // Made when the first exchanged token asks for them.
  let digests: Set<string> | undefined;
  const callers = new ByTwoKeys<Set<string>>();
  for (const { issuerId, subject, clientId } of blocked) {
    const clients = callers.get(issuerId, subject) ?? new Set();
    callers.set(issuerId, subject, clients.add(clientId));
  }
  return {
    isTokenRevoked: (issuer: string, tokenId: string) => tokens.get(issuer, tokenId) === true,
    isDigestRevoked: (digest: string) =>
      (digests ??= new Set(revoked.map(({ issuer, tokenId }) => tokenDigest(issuer, tokenId)))).has(
        digest,
      ),
    isUnregisteredAgentBlocked: (issuerId: string, subject: string, clientId: string) =>
      callers.get(issuerId, subject)?.has(clientId) === true,
  };
};

interface KillSwitchRow extends GatewayKillSwitch {
  readonly targetId: string | null;
}

type KillSwitchOf = (tool: GatewayTool) => GatewayKillSwitch | undefined;

// Few at any time: those that were released in an emergency, which ends.
const withReleased =
  (
    active: KillSwitchOf,
    released: readonly (KillSwitchRow & { until: Date })[],
  ): RegistrySection['killSwitchOf'] =>
  (tool, now) =>
    active(tool) ??
    (released.length === 0
      ? undefined
      : indexKillSwitches(released.filter(({ until }) => until <= now))(tool));

// Finds the kill switch that covers a tool, the widest first.
const indexKillSwitches = (rows: readonly KillSwitchRow[]): KillSwitchOf => {
  if (rows.length === 0) return () => undefined;
  const everything = rows.find(({ scope }) => scope === 'everything');
  const byTarget = (scope: KillSwitchRow['scope']) =>
    new Map(rows.filter((row) => row.scope === scope).map((row) => [row.targetId, row]));
  const [servers, tools] = [byTarget('server'), byTarget('tool')];
  return (tool) => everything ?? servers.get(tool.server.id) ?? tools.get(tool.id);
};

const agentFacts = (row: AgentRow): AgentFacts => ({
  id: row.id,
  name: row.name,
  teamId: row.teamId,
  riskTier: row.riskTier,
  tags: row.tags,
});

const toolFacts = (row: ToolRow): ToolFacts => ({
  id: row.id,
  serverId: row.serverId,
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
    block: toolBlock(row, row.server),
    server: { id: row.server.id, slug, kind, url },
    outputSchema: row.outputSchema === null ? null : jsonObject(row.outputSchema),
    annotations: jsonObject(row.annotations),
    shownFields: shownFields(jsonObject(row.otherFields)),
    operation: row.operation === null ? null : jsonObject(row.operation),
    advertisedSchema: () => binders.advertised(definitionDigest, inputSchema),
    bind: (value) => binders.bind(definitionDigest, inputSchema, value),
  };
};

// What the database keeps as JSON, held to be an object.
const jsonObject = (value: unknown): JsonObject => {
  if (!isObject(value))
    throw new Error('a registry row holds something else where a JSON object belongs');
  return value;
};
