import { idSchema } from '#libs/platform/http';
import { NOTHING, toolScope } from '#libs/trust/token-verification';
import { unacceptable } from './exchange-error.js';
import type { TokenDeps } from './token-deps.js';
import type { TokenRequest } from './token-request.js';

/** The type of a subject token that is the id of a standing delegation. */
export const DELEGATION_TYPE = 'urn:gatehouse:params:oauth:token-type:delegation';

/** Acts on what a person has let this agent do for them until they withdraw it. */
export const proveByDelegation = async (
  request: TokenRequest,
  shown: string,
  { db }: TokenDeps,
): Promise<void> => {
  const { caller, now } = request;
  const id = idSchema.safeParse(shown);
  const delegation = id.success
    ? await db.delegation.findFirst({
        where: { id: id.data, agentId: caller.agentId, withdrawnAt: null, expiresAt: { gt: now } },
        select: { personId: true, expiresAt: true, server: { select: { slug: true } } },
      })
    : null;
  // Whose it is otherwise is nobody else's to know.
  if (!id.success || delegation === null)
    throw unacceptable('This agent has no such delegation, or it has expired or been withdrawn.');
  const { personId, expiresAt, server } = delegation;
  request.bounds.push({
    expiresAt,
    scopes: server === null ? null : [toolScope(server.slug)],
    confirmationThumbprint: null,
    token: null,
    issuerId: null,
    derivedFrom: NOTHING,
  });
  request.subject = {
    personId,
    proof: 'delegation',
    delegationId: id.data,
    proofDigest: null,
    provenAt: null,
    actors: [caller.agentId],
    actedBefore: [],
  };
};
