import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

/** What a tool call came to: an MCP CallToolResult, from whatever kind of tool server. */
export interface UpstreamResult {
  /** MCP content blocks, each an object with a `type`. */
  content: JsonObject[];
  structuredContent?: JsonObject;
  /** The tool server says that the call failed; it is an answer all the same. */
  isError: boolean;
  /** `_meta` as the tool server sent it. */
  meta?: JsonObject;
}

export const textResult = (text: string, isError: boolean, structured?: Json): UpstreamResult => ({
  content: [{ type: 'text', text }],
  isError,
  ...(isObject(structured) ? { structuredContent: structured } : {}),
});
