import { CallError } from '../../errors.js';

/** JSON-RPC's codes, MCP's of 2026-07-28, and two of ours in the range that JSON-RPC leaves to servers. */
export const RPC = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  notAuthorised: -32000,
  // As the official servers answer.
  unknownSession: -32001,
  headerMismatch: -32020,
  missingCapability: -32021,
  unsupportedVersion: -32022,
} as const;

/** A JSON-RPC request's id; null when it could not be read. */
export type RpcId = string | number | null;

/** A message that breaks the protocol; `id` as far as it could be read. */
export class McpError extends CallError {
  constructor(
    readonly rpcCode: number,
    message: string,
    readonly id: RpcId,
    readonly data?: unknown,
  ) {
    super('invalid_request', message, { reason: `mcp_${rpcCode}` });
  }
}

/** The JSON-RPC code that a failure is answered with. */
export const rpcCodeOf = (failure: CallError): number => {
  if (failure instanceof McpError) return failure.rpcCode;
  if (failure.reason.startsWith('body_')) return RPC.parseError;
  if (failure.reason === 'invalid_cursor') return RPC.invalidParams;
  if (failure.code === 'unknown_session') return RPC.unknownSession;
  if (failure.status === 401 || failure.status === 403) return RPC.notAuthorised;
  return failure.status < 500 ? RPC.invalidRequest : RPC.internalError;
};
