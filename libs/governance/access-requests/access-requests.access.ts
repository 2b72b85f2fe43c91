import { readableWhere } from '#libs/platform/access';
import type { AccessRequestWhereInput } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';

/** The access requests that the actor may read. */
export const readableRequests = (actor: Actor): AccessRequestWhereInput =>
  readableWhere(actor, 'AccessRequest', {
    requestedById: (test) => ({ requestedById: test }),
    agentTeamId: (test) => ({ agent: { teamId: test } }),
    toolOwnerId: (test) => ({ tool: { server: { ownerId: test } } }),
  });
