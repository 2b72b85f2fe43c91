import type { RpcOutcome } from './json-rpc.js';
import type { McpRequest } from './mcp-era.js';
import type { ServerDescription } from './server-description.js';
import type { SessionStream } from './session-stream.js';

/** A protocol generation: how requests travel to one tool server. */
export interface McpProtocolEra {
  readonly kind: 'legacy' | 'modern';
  request(request: McpRequest): Promise<RpcOutcome>;
  /** What the server says of itself now. */
  describe(timeoutMs: number): Promise<ServerDescription>;
  /** Reads a session's own stream; returns at once where there are none. */
  listen(stream: SessionStream): Promise<void>;
  drop(sessionKey: string): void;
  close(): Promise<void>;
}
