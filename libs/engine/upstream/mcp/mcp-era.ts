import type { JsonObject } from '#libs/platform/kernel';

import type { RpcOutcome } from './json-rpc.js';

/** Who asks Gatehouse's upstreams: its name and version. */
export interface ClientInfo {
  name: string;
  version: string;
}

/** One MCP request, before an era gives it its form. */
export interface McpRequest {
  method: string;
  params: JsonObject;
  /** Requests with different keys never share an upstream session. */
  sessionKey: string;
  /** The tool's pinned input schema, where arguments are mirrored into headers (2026-07-28). */
  inputSchema?: JsonObject | undefined;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  onSent?: (() => void) | undefined;
}

/** A protocol generation: how requests travel to one tool server. */
export interface McpProtocolEra {
  readonly kind: 'legacy' | 'modern';
  request(request: McpRequest): Promise<RpcOutcome>;
  close(): Promise<void>;
}
