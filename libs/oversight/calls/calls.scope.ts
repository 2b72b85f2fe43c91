import { can } from '#libs/platform/access';
import type { Database } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';

// Whoever may read the calls of an agent of no team may read everybody's.
const OF_NO_TEAM = { agentTeamId: '' };

/** Whose calls the actor may read: everybody's (null), or those of these agents alone. */
export const readableAgentIds = async (
  db: Database,
  actor: Actor,
): Promise<readonly string[] | null> => {
  if (can(actor, 'read', 'Call', OF_NO_TEAM)) return null;
  const agents = await db.agent.findMany({ select: { id: true, teamId: true } });
  return agents
    .filter(({ teamId }) => can(actor, 'read', 'Call', { agentTeamId: teamId }))
    .map(({ id }) => id);
};
