/** How the gateway and the worker speak to tool servers: checked connections, MCP and REST. */
export {
  createOutbound,
  type Outbound,
  type OutboundOptions,
  type OutboundRequest,
} from './outbound/outbound.js';
export { OUTBOUND } from './outbound/outbound.token.js';
export { outboundFetch, type OutboundFetch } from './outbound/outbound-fetch.js';
export type { Resolve, ResolvedAddress } from './outbound/checked-connector.js';
export { UpstreamError, type UpstreamEffect } from './upstream-error.js';
export type { UpstreamResult } from './upstream-result.js';
export { McpUpstream, type McpCall, type McpUpstreamOptions } from './mcp/mcp-upstream.js';
export type { ClientInfo } from './mcp/mcp-era.js';
export type { UpstreamTool } from './mcp/list-tools.js';
export { importOpenApi, type OpenApiImport } from './rest/import-open-api.js';
export type {
  RestMethod,
  RestOperation,
  RestTool,
  SuggestedClassification,
} from './rest/operation.js';
export { callRest, type RestCall } from './rest/call-rest.js';
export { fetchDocument } from './rest/fetch-document.js';
export { definitionDigest, type ToolDefinition } from './definition-digest.js';
