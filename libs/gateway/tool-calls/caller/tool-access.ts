import { scopeAllows } from '#libs/trust/token-verification';
import type { GatewayServer } from '../snapshot/gateway-snapshot.js';
import type { Caller } from './caller.js';

/** What keeps a caller from a tool server, whatever the policies say; null when nothing does. */
export const outsideToolAccess = (
  { token, onBehalfOf }: Caller,
  server: GatewayServer,
): 'scope' | 'delegation' | null => {
  const { slug, id } = server;
  const tokens = onBehalfOf?.token ? [token, onBehalfOf.token] : [token];
  if (!tokens.every(({ claims }) => scopeAllows(claims, slug))) return 'scope';
  const delegatedTo = onBehalfOf?.delegation?.serverId ?? null;
  return delegatedTo === null || delegatedTo === id ? null : 'delegation';
};
