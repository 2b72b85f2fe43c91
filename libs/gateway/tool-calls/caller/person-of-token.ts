import type { GatewaySnapshot } from '../snapshot/gateway-snapshot.js';
import type { Caller, OnBehalfOf } from './caller.js';
import { delegationOver, personNotKnown } from './rejections.js';

/** For whom the agent's own token says that it acts; null when the agent acts for itself. */
export const personOfToken = (
  { token, proof }: Caller,
  snapshot: GatewaySnapshot,
): OnBehalfOf | null => {
  if (proof === 'client_binding') {
    const person = snapshot.personOf(token.issuer, token.subject);
    if (person === undefined) throw personNotKnown();
    return { person, proof, delegation: null, token };
  }
  if (proof !== 'own_token' || token.actors.length === 0) return null;
  const person = snapshot.people.get(token.subject);
  if (person === undefined) throw personNotKnown();
  const { delegation_id: delegationId } = token.claims;
  if (delegationId === undefined) return { person, proof, delegation: null, token };
  const delegation =
    typeof delegationId === 'string' ? snapshot.delegations.get(delegationId) : undefined;
  if (delegation === undefined) throw delegationOver();
  return { person, proof, delegation, token };
};
