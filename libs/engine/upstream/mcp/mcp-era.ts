import type { JsonObject } from '#libs/platform/kernel';

import type { RpcListener } from './json-rpc.js';

/** Who asks Gatehouse's upstreams: its name and version. */
export interface ClientInfo {
  name: string;
  version: string;
}

/** Where the session of one key is kept beyond this process: other processes use the same one. */
export interface KeptSession {
  /** The one that is kept; null where there is none. */
  load(): Promise<string | null>;
  /** Keeps one in place of what was loaded. @returns the one that is kept: another process may have been first */
  keep(session: string): Promise<string | null>;
}

/** One MCP request, before an era gives it its form. */
export interface McpRequest extends RpcListener {
  method: string;
  params: JsonObject;
  /** Requests with different keys never share an upstream session. */
  sessionKey: string;
  /** Where the key's session is kept, if it outlives this process. */
  keptSession?: KeptSession | undefined;
  /** The tool's pinned input schema, where arguments are mirrored into headers (2026-07-28). */
  inputSchema?: JsonObject | undefined;
  /** Since the last sign of work: progress of this request begins it anew, up to `maxMs`. */
  timeoutMs: number;
  /** `timeoutMs` where absent. */
  maxMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onSent?: (() => void) | undefined;
  /** Whether the tool server is asked to tell its progress. */
  wantsProgress?: boolean | undefined;
  /** The least urgent log messages that it is asked for (2026-07-28). */
  logLevel?: string | undefined;
}

/** What of a request its POST needs, in either era. */
export const postOptionsOf = ({
  timeoutMs,
  maxMs,
  signal,
  onSent,
  wantsProgress,
  onNotification,
}: McpRequest) => ({ timeoutMs, maxMs, signal, onSent, wantsProgress, onNotification });
