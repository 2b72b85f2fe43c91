import type { ExactJson, ExactObject } from '#libs/platform/kernel';

import type { RpcError } from './mcp/json-rpc.js';

/** What a tool call came to: an MCP CallToolResult, from whatever kind of tool server. */
export interface UpstreamResult {
  /** MCP content blocks, each an object with a `type`. */
  content: ExactObject[];
  /** Any JSON, as 2026-07-28 allows it. */
  structuredContent?: ExactJson;
  /** The tool server says that the call failed; it is an answer all the same. */
  isError: boolean;
  /** The JSON-RPC error that the tool server answered with instead of a result. */
  error?: RpcError;
  /** `_meta` as the tool server sent it. */
  meta?: ExactObject;
}

export const textResult = (
  text: string,
  isError: boolean,
  structured?: ExactJson,
): UpstreamResult => ({
  content: [{ type: 'text', text }],
  isError,
  ...(structured === undefined ? {} : { structuredContent: structured }),
});
