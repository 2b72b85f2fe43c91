import { personByToken } from '#libs/trust/authorization-liveness';
import type { GatewaySnapshot } from '../snapshot/gateway-snapshot.js';
import type { Caller, OnBehalfOf } from './caller.js';

/** For whom the agent's own token says that it acts; null when the agent acts for itself. */
export const personOfToken = (
  { token, identifiedBy, agent }: Caller,
  snapshot: GatewaySnapshot,
): OnBehalfOf | null => {
  const isForItself =
    identifiedBy === 'own_token' ? token.actors.length === 0 : identifiedBy !== 'client_binding';
  return isForItself ? null : { ...personByToken(token, agent.id, snapshot), identifiedBy };
};
