import { readableWhere } from '#libs/platform/access';
import type { AgentWhereInput } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';

/** The agents that the actor may read. */
export const readableAgents = (actor: Actor): AgentWhereInput =>
  readableWhere(actor, 'Agent', {
    id: (test) => ({ id: test }),
    teamId: (test) => ({ teamId: test }),
    ownerId: (test) => ({ ownerId: test }),
  });
