import type { Database, Tx } from '#libs/platform/db';
import type { AgentFacts } from '#libs/engine/policy';

/** What policies may ask of each agent; retired agents have no rights and are left out. */
export const loadAgentFacts = (db: Database | Tx): Promise<AgentFacts[]> =>
  db.agent.findMany({
    where: { state: { not: 'retired' } },
    select: { id: true, name: true, teamId: true, riskTier: true, tags: true },
    orderBy: { id: 'asc' },
  });
