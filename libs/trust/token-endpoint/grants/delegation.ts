import { personByDelegation } from '#libs/trust/authorization-liveness';
import { toolScope } from '#libs/trust/token-verification';
import { factsAbout } from './access-tokens.js';
import type { TokenDeps } from './token-deps.js';
import type { TokenRequest } from './token-request.js';

/** The type of a subject token that is the id of a delegation. */
export const DELEGATION_TYPE = 'urn:gatehouse:params:oauth:token-type:delegation';

/** Acts on what a person has let this agent do for them until they withdraw it. */
export const proveByDelegation = async (
  request: TokenRequest,
  id: string,
  deps: TokenDeps,
): Promise<void> => {
  const { agentId } = request.caller;
  const facts = await factsAbout({ delegationIds: [id] }, request, deps);
  const { person, delegation } = personByDelegation(id, agentId, facts);
  const { expiresAt, serverSlug } = delegation;
  request.bounds.push({
    expiresAt,
    scopes: serverSlug === null ? null : [toolScope(serverSlug)],
    confirmationThumbprint: null,
  });
  request.subject = {
    personId: person.id,
    identifiedBy: 'delegation',
    delegationId: id,
    issuedTo: [],
    actors: [agentId],
  };
};
