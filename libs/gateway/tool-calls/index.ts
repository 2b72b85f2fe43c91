/** The calls in progress, terminated when they lose their authorization. */
export { OpenCalls } from './open-calls.js';
/** Cancels a call, whichever gateway holds it. */
export { Cancellations } from './cancellations.js';
/** The plain HTTP adapter. */
export {
  getAbility,
  getToolCall,
  getTools,
  postToolCall,
  type RestDeps,
} from './adapters/rest/rest-handlers.js';
/** The MCP adapter. */
export { handleMcp, type McpDeps } from './adapters/mcp/handle-mcp.js';
/** A session over MCP as a whole: its stream, and its end. */
export { getMcp } from './adapters/mcp/get-mcp.js';
export { deleteMcp } from './adapters/mcp/delete-mcp.js';
/** RFC 9457 answers of the gateway. */
export { problemReply } from './adapters/rest/problem.js';
/** HTTP as the adapters see it. */
export { jsonReply, type EventStream, type HttpReply, type HttpRequest } from './http.js';
/** Reads a body within its bounds. */
export { readBody } from './adapters/read-body.js';
/** Whatever went wrong, as the caller may be told. */
export { asCallError } from './as-call-error.js';
/** Everything that a decision needs, at one epoch. */
export { SnapshotHolder } from './snapshot/snapshot-holder.js';
/** The way to the tool servers. */
export { Upstreams } from './upstreams.js';
/** An agent's own calls. */
export { OwnCalls } from './own-calls.queries.js';
