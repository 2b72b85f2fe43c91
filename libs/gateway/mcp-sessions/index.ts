/** The sessions of MCP clients (2025-11-25), for all gateways. */
export { McpSessions } from './mcp-sessions.js';
export type { DeclaredClient, McpSession, SessionOwner } from './mcp-session.js';
/** What a client's session is at the tool servers. */
export type { EndedUpstreamSession } from './upstream-sessions.js';
