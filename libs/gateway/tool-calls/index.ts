/** The ordered steps of a tool call, and running them. */
export { toolCallSteps } from './steps/tool-call-steps.js';
/** One step. */
export type { Step } from './steps/step.js';
/** One call on its way, and the adapters it comes in by. */
export {
  ToolCallContext,
  type Adapter,
  type RequestedCall,
  type ToolResult,
} from './tool-call-context.js';
/** What the steps work with. */
export type { CallDeps, UnregisteredInbox } from './deps.js';
/** The calls that are at a tool server now, cut off when they lose their right. */
export { OpenCalls } from './open-calls.js';
/** The plain HTTP adapter. */
export {
  getToolCall,
  getTools,
  postToolCall,
  type RestDeps,
} from './adapters/rest/rest-handlers.js';
/** The MCP adapter. */
export { handleMcp, type McpDeps } from './adapters/mcp/handle-mcp.js';
/** RFC 9457 answers of the gateway. */
export { problemReply } from './adapters/rest/problem.js';
/** HTTP as the adapters see it. */
export { jsonReply, type HttpReply, type HttpRequest } from './http.js';
/** Reads a body within its bounds. */
export { readBody } from './adapters/read-body.js';
/** Why a request was not carried out. */
export { CALL_ERRORS, CallError, type CallErrorCode } from './failure.js';
/** Whatever went wrong, as the caller may be told. */
export { asCallError } from './as-call-error.js';
/** Everything that a decision needs, at one epoch. */
export { SnapshotHolder, type SnapshotSource } from './snapshot/snapshot-holder.js';
/** What a snapshot holds. */
export type { GatewaySnapshot, GatewayTool } from './snapshot/gateway-snapshot.js';
/** The way to the tool servers. */
export { Upstreams } from './upstreams.js';
/** An agent's own calls. */
export { OwnCalls } from './own-calls.queries.js';
/** JSON that every reader understands alike. */
export { MAX_BODY_BYTES, MAX_DEPTH, readStrictJson, StrictJsonError } from './strict-json.js';
