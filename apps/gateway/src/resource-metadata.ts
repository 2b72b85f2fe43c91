import { jsonReply, type HttpReply, type HttpRequest } from '#libs/tool-calls';
import type { GatewayDeps } from './gateway-deps.js';

/** RFC 9728: whose tokens are taken here, and for which resource they must be issued. */
export const getResourceMetadata = async (
  _request: HttpRequest,
  { snapshots, audience }: GatewayDeps,
): Promise<HttpReply> => {
  const { issuers } = await snapshots.atLeast(0n);
  return jsonReply(200, {
    resource: audience,
    authorization_servers: [...issuers.keys()],
    bearer_methods_supported: ['header'],
    resource_name: 'Gatehouse',
  });
};
