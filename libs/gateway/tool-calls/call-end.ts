import type { RpcError } from '#libs/engine/upstream';
import type { ExactJson, ExactObject } from '#libs/platform/kernel';

/** A tool's own answer, in the form of MCP's CallToolResult. */
export interface ToolResult {
  readonly content: readonly ExactObject[];
  readonly structuredContent?: ExactJson;
  readonly isError: boolean;
  /** The JSON-RPC error that the tool server answered with instead of a result. */
  readonly error?: RpcError;
  readonly meta?: ExactObject;
}

/** How a forwarded call ended. `unknown` and `timeout`: it may have taken effect. */
export type CallEnd =
  | { readonly outcome: 'succeeded' | 'tool_error'; readonly result: ToolResult }
  | {
      readonly outcome: 'upstream_error' | 'timeout' | 'unknown';
      readonly message: string;
      /** The arguments made no request, so nothing was sent. */
      readonly isInvalid?: boolean;
    }
  | TerminatedEnd;

/** The end of a call that lost its authorization, or was cancelled, while it was in progress. */
export interface TerminatedEnd {
  /** `upstream_error`: nothing of it had left yet. */
  readonly outcome: 'upstream_error' | 'unknown';
  readonly message: string;
  readonly termination: Termination;
}

/** What ended a call in progress: `cancelled`, or the reason of a rejection. */
export interface Termination {
  readonly reason: string;
  readonly message: string;
}
