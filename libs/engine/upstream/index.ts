/** How the gateway and the worker speak to tool servers: checked connections, MCP and REST. */
export { createOutbound, type Outbound } from './outbound/outbound.js';
export { OUTBOUND } from './outbound/outbound.token.js';
export { outboundFetch, type OutboundFetch } from './outbound/outbound-fetch.js';
export { hostOf } from './outbound/outbound-url.js';
export { ArgumentError, UpstreamError } from './errors.js';
export { identifyServer } from './mcp/identify-server.js';
export { McpUpstream } from './mcp/mcp-upstream.js';
export type { ServerDescription } from './mcp/server-description.js';
export type { SessionStream } from './mcp/session-stream.js';
export { endKeptSession } from './mcp/kept-session.js';
export type { ClientInfo, KeptSession } from './mcp/mcp-era.js';
export type { RpcError, RpcListener } from './mcp/json-rpc.js';
export { mirroredArguments } from './mcp/param-headers.js';
export { importDocument } from './rest/import-document.js';
export type { RestOperation } from './rest/operation.js';
export { callRest } from './rest/call-rest.js';
export { fetchDocument, fetchDocumentBytes, MAX_DOCUMENT_BYTES } from './fetch-document.js';
export { definitionDigest, type ToolDefinition } from './definition-digest.js';
