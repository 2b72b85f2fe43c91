import { can, isAllowed } from '#libs/platform/access';
import type { Database } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';

/** Whose calls an overview may count: everybody's (null), or those of these agents alone. */
export interface OverviewScope {
  agentIds: readonly string[] | null;
  /** Whether the actor may read what people changed, and how whole the ledger is. */
  ledger: boolean;
  policyVersions: boolean;
  toolServers: boolean;
}

// Whoever may read the calls of an agent of no team may read everybody's.
const OF_NO_TEAM = { agentTeamId: '' };

/** What the actor may see, from the same rules that guard the lists behind the numbers. */
export const scopeOf = async (db: Database, actor: Actor): Promise<OverviewScope> => {
  const readable = {
    ledger: isAllowed(actor, { action: 'read', subject: 'LedgerEntry' }),
    policyVersions: isAllowed(actor, { action: 'read', subject: 'PolicyVersion' }),
    toolServers: isAllowed(actor, { action: 'read', subject: 'ToolServer' }),
  };
  if (can(actor, 'read', 'Call', OF_NO_TEAM)) return { ...readable, agentIds: null };
  const agents = await db.agent.findMany({ select: { id: true, teamId: true } });
  const own = agents.filter(({ teamId }) => can(actor, 'read', 'Call', { agentTeamId: teamId }));
  return { ...readable, agentIds: own.map(({ id }) => id) };
};
