import {
  deleteMcp,
  getAbility,
  getMcp,
  getToolCall,
  getTools,
  handleMcp,
  postToolCall,
  type HttpReply,
  type HttpRequest,
} from '#libs/gateway/tool-calls';
import type { GatewayDeps } from './gateway-deps.js';
import { getResourceMetadata, METADATA_PATH } from './resource-metadata.js';

/** Who may use a route: an agent with a good token, or anybody. */
export type RoutePermission = 'agent' | 'public';

/** One address of the gateway. */
export interface Route {
  readonly method: 'DELETE' | 'GET' | 'POST';
  /** Exact, but for one `{name}` at the end. */
  readonly path: string;
  readonly permission: RoutePermission;
  /** Its answer does not end by itself, so there is no HEAD of it. */
  readonly isStream?: true;
  readonly handle: (request: HttpRequest, deps: GatewayDeps) => Promise<HttpReply>;
}

const metadata = (resourcePath: Parameters<typeof getResourceMetadata>[0]): Route => ({
  method: 'GET',
  path: `${METADATA_PATH}${resourcePath}`,
  permission: 'public',
  handle: getResourceMetadata(resourcePath),
});

/** Every address that agents may use; what is not here is rejected (invariant G14). */
export const routes: readonly Route[] = [
  { method: 'POST', path: '/mcp', permission: 'agent', handle: handleMcp },
  { method: 'POST', path: '/mcp/{server}', permission: 'agent', handle: handleMcp },
  { method: 'GET', path: '/mcp', permission: 'agent', isStream: true, handle: getMcp },
  { method: 'GET', path: '/mcp/{server}', permission: 'agent', isStream: true, handle: getMcp },
  { method: 'DELETE', path: '/mcp', permission: 'agent', handle: deleteMcp },
  { method: 'DELETE', path: '/mcp/{server}', permission: 'agent', handle: deleteMcp },
  { method: 'POST', path: '/v1/tool-calls', permission: 'agent', handle: postToolCall },
  { method: 'GET', path: '/v1/tool-calls/{id}', permission: 'agent', handle: getToolCall },
  { method: 'GET', path: '/v1/tools', permission: 'agent', handle: getTools },
  { method: 'GET', path: '/v1/ability', permission: 'agent', handle: getAbility },
  metadata(''),
  metadata('/mcp'),
  metadata('/mcp/{server}'),
];
