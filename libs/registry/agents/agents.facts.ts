import type { Database, Tx } from '#libs/platform/db';
import type { AgentFacts } from '#libs/engine/policy';

/** What policies may ask of each agent; retired agents have no rights and are left out. */
export const loadAgentFacts = async (db: Database | Tx): Promise<AgentFacts[]> => {
  const rows = await db.agent.findMany({
    where: { state: { not: 'retired' } },
    select: { id: true, name: true, riskTier: true, tags: true, team: { select: { name: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ team, ...agent }) => ({ ...agent, team: team.name }));
};
