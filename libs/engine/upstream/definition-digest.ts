import { createHash } from 'node:crypto';

import type { JsonObject } from '#libs/platform/kernel';
import canonicalize from 'canonicalize';

import type { RestOperation } from './rest/operation.js';

/** What is pinned of a tool: every field of its definition. */
export interface ToolDefinition {
  name: string;
  title: string | null;
  description: string | null;
  inputSchema: JsonObject;
  outputSchema: JsonObject | null;
  annotations: JsonObject;
  /** As its server wrote them: icons, _meta, execution, and what we do not know. */
  otherFields: JsonObject;
  /** Null for an MCP tool. */
  operation: RestOperation | JsonObject | null;
}

/** SHA-256, hex, of a tool's definition as canonical JSON (RFC 8785): one byte more is another tool. */
export const definitionDigest = (tool: ToolDefinition): string => {
  // What it carries beside its definition is no part of it.
  const pinned: ToolDefinition = {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: tool.inputSchema,
    outputSchema: tool.outputSchema,
    annotations: tool.annotations,
    otherFields: tool.otherFields,
    operation: tool.operation,
  };
  return createHash('sha256')
    .update(canonicalize(pinned) ?? '')
    .digest('hex');
};
