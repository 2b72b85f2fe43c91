import type { Database, Tx } from '#libs/platform/db';
import type { AgentFacts } from '#libs/engine/policy';

const AGENT_FACTS = { id: true, name: true, teamId: true, riskTier: true, tags: true } as const;

/** What policies may ask of each agent; retired agents have no rights and are left out. */
export const loadAgentFacts = (db: Database | Tx): Promise<AgentFacts[]> =>
  db.agent.findMany({
    where: { state: { not: 'retired' } },
    select: AGENT_FACTS,
    orderBy: { id: 'asc' },
  });

/**
 * The same of those that may call, or may once they are activated: a suspended agent is one, a draft is none.
 * Of all, or of these.
 */
export const loadCallingAgents = (
  db: Database | Tx,
  ids?: readonly string[],
): Promise<AgentFacts[]> =>
  db.agent.findMany({
    where: {
      state: { in: ['active', 'suspended'] },
      ...(ids === undefined ? {} : { id: { in: [...ids] } }),
    },
    select: AGENT_FACTS,
  });
