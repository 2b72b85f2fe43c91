/** Makes and starts a gateway; the process that runs it listens. */
export { createGateway, type Gateway } from './create-gateway.js';
/** What one gateway is told by its process. */
export type { GatewayOptions } from './gateway-options.js';
/** Agents' traffic as one node:http handler. */
export { type GatewayHandler } from './gateway-handler.js';
/** What the handler works with. */
export type { GatewayDeps } from './gateway-deps.js';
/** Every address of the gateway with its declared permission. */
export { routes, type Route, type RoutePermission } from './routes.js';
/** Finds a request's route by its raw path. */
export { matchRoute, type RouteMatch } from './match-route.js';
