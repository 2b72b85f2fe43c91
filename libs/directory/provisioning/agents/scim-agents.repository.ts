import type { CommandContext } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { ensureTeam } from '#libs/directory/people';
import { isObject, type JsonObject } from '#libs/platform/kernel';
import { badRequest } from '../errors.js';
import { assigned } from '../resource/meta.js';
import type { AgentType } from './agent.columns.js';

/** An agent's row as its resource needs it. */
export interface ScimAgentRow {
  agentId: string;
  connectionId: string;
  externalId: string | null;
  attributes: unknown;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  agent: { name: string; state: string; ownerId: string; teamId: string };
}

/** An agent that a command acts on. */
export interface LoadedScimAgent {
  id: string;
  ownerId: string;
  teamId: string;
  row: ScimAgentRow;
}

/** What an agent's resource joins. */
export const AGENT_STATE = {
  agent: { select: { name: true, state: true, ownerId: true, teamId: true } },
} as const;

/** What the client said: the writable part of the resource. */
export const agentAttributes = ({ externalId, attributes, agent }: ScimAgentRow): JsonObject =>
  assigned({
    externalId,
    active: agent.state === 'active',
    ...(isObject(attributes) ? attributes : {}),
  });

/** Loads and locks an agent of this connection; another connection's is not there. */
export const lockScimAgent = async (
  tx: Tx,
  connectionId: string,
  resourceType: AgentType,
  agentId: string,
): Promise<LoadedScimAgent | null> => {
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM scim_agent WHERE agent_id = ${agentId}::uuid
      AND connection_id = ${connectionId}::uuid AND resource_type = ${resourceType} FOR UPDATE`;
  if (locked.length === 0) return null;
  const row = await tx.scimAgent.findUniqueOrThrow({ where: { agentId }, include: AGENT_STATE });
  return { id: agentId, ownerId: row.agent.ownerId, teamId: row.agent.teamId, row };
};

const MAX_TEAM_NAME = 100;

/**
 * The team that an owner's new agents belong to: the first of theirs by name. An owner who is in none, as
 * people are whom the client has just provisioned, has theirs in the connection's own team until somebody
 * gives them another.
 */
export const teamOfOwner = async (
  { tx, actor }: CommandContext,
  connectionId: string,
  ownerId: string,
): Promise<string> => {
  const isOurs = await tx.scimUser.count({ where: { personId: ownerId, connectionId } });
  if (isOurs === 0)
    throw badRequest(
      'invalidValue',
      'This User does not exist: an owner must be a User of this connection.',
    );
  const membership = await tx.personTeam.findFirst({
    where: { personId: ownerId },
    orderBy: { team: { name: 'asc' } },
    select: { teamId: true },
  });
  return membership?.teamId ?? ensureTeam(tx, `Agents from ${actor.name}`.slice(0, MAX_TEAM_NAME));
};

/** Writes what a client says of an agent now, as the next version. */
export const updateScimAgent = async (
  { tx, now }: CommandContext,
  agentId: string,
  { externalId, attributes }: { externalId: string | null; attributes: JsonObject },
): Promise<void> => {
  await tx.scimAgent.update({
    where: { agentId },
    data: { externalId, attributes, version: { increment: 1 }, updatedAt: now },
    select: { agentId: true },
  });
};

/** What is kept of a resource: the state is the registry's. */
export const keptOf = (
  resource: JsonObject,
): { externalId: string | null; attributes: JsonObject } => {
  const { externalId, active: _, ...attributes } = resource;
  return { externalId: typeof externalId === 'string' ? externalId : null, attributes };
};
