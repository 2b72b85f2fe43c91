import { changeOf } from '#libs/engine/commands';
import { assertPending, stateOf } from './access-requests.rules.js';
import type { Subjects } from '#libs/platform/access';
import { ADVISORY_LOCKS, type Tx } from '#libs/platform/db';

/** A request as commands need it: `state` as people see it, whatever is stored. */
export type LoadedRequest = Subjects['AccessRequest'] & {
  agentId: string;
  agentName: string;
  toolId: string;
  toolName: string;
  durationHours: number;
  versionId: string | null;
};

const TOOL = {
  select: {
    name: true,
    server: {
      select: {
        slug: true,
        ownerId: true,
        teamId: true,
        owner: { select: { disabledAt: true } },
      },
    },
  },
} as const;

interface ToolRow {
  name: string;
  server: { slug: string; ownerId: string; teamId: string; owner: { disabledAt: Date | null } };
}

/** Whom a tool belongs to, and whether that person is there to say what an access grant may be. */
export const ownershipOf = ({ server }: ToolRow, requestedById: string) => ({
  toolOwnerId: server.ownerId,
  toolTeamId: server.teamId,
  canOwnerDraft: server.owner.disabledAt === null && server.ownerId !== requestedById,
});

/** The tool with its ownership; null when there is none. */
export const findTool = async (
  tx: Tx,
  id: string,
): Promise<(ToolRow & { toolName: string }) | null> => {
  const tool = await tx.tool.findUnique({ where: { id }, ...TOOL });
  return tool === null ? null : { ...tool, toolName: `${tool.server.slug}/${tool.name}` };
};

/** Loads a request and holds its row, so that two changes of it follow each other. */
export const lockRequest = async (tx: Tx, id: string): Promise<LoadedRequest | null> => {
  await tx.$queryRaw`SELECT 1 FROM access_request WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.accessRequest.findUnique({
    where: { id },
    include: {
      agent: { select: { name: true, teamId: true } },
      tool: TOOL,
      version: { select: { state: true } },
    },
  });
  if (row === null) return null;
  const { agent, tool, requestedById, agentId, toolId, durationHours, versionId } = row;
  return {
    id,
    state: stateOf(row),
    requestedById,
    agentTeamId: agent.teamId,
    ...ownershipOf(tool, requestedById),
    agentId,
    agentName: agent.name,
    toolId,
    toolName: `${tool.server.slug}/${tool.name}`,
    durationHours,
    versionId,
  };
};

/** Holds the pair of agent and tool until the transaction ends: there is one pending request for it. */
export const lockPair = async (tx: Tx, agentId: string, toolId: string): Promise<void> => {
  const pair = `${agentId}/${toolId}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${pair}, ${ADVISORY_LOCKS.accessPair}::bigint))`;
};

/** A change of one request: its row is held while it is made. */
export const changeOfRequest = changeOf('AccessRequest', ({ tx }, id) => lockRequest(tx, id), {
  // What is decided already is said before who may decide.
  rejection(_actor, { state }) {
    assertPending(state);
    return undefined;
  },
});

/** What a request is called in the ledger. */
export const requestName = ({ agentName, toolName }: LoadedRequest): string =>
  `access of ${agentName} to ${toolName}`;
