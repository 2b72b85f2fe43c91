import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { readStrictJson } from '../../strict-json.js';
import { McpError, RPC, type RpcId } from './mcp-error.js';
import type { Era } from './protocol.js';

/** One JSON-RPC request, or a notification when it has no id. */
export interface RpcMessage {
  readonly id: string | number | undefined;
  readonly method: string;
  readonly params: JsonObject;
}

/** A message whose era is known. */
export interface McpMessage extends RpcMessage {
  readonly era: Era;
}

const MAX_METHOD_LENGTH = 128;
const MAX_ID_LENGTH = 256;

/** Reads one JSON-RPC 2.0 message; batches were removed from MCP, and answers are not expected here. */
export const readRpcMessage = (body: Uint8Array): RpcMessage => {
  const value = readStrictJson(body);
  if (Array.isArray(value))
    throw invalid('Batches are not accepted. Send one message a request.', null);
  if (!isObject(value)) throw invalid('The body must be one JSON-RPC message.', null);
  const { id, method } = value;
  // Some clients write null for none.
  const params = value['params'] ?? {};
  const knownId = isId(id) ? id : null;
  if (value['jsonrpc'] !== '2.0') throw invalid('The member jsonrpc must be "2.0".', knownId);
  if (id !== undefined && knownId === null)
    throw invalid('The member id must be a string or an integer.', null);
  if (method === undefined && ('result' in value || 'error' in value))
    throw invalid('This address asks nothing of its clients, so it takes no answers.', knownId);
  if (typeof method !== 'string' || method === '' || method.length > MAX_METHOD_LENGTH)
    throw invalid('The member method must be the name of a method.', knownId);
  if (!isObject(params)) throw invalid('The member params must be an object.', knownId);
  return { id: knownId ?? undefined, method, params };
};

const isId = (id: Json | undefined): id is string | number =>
  (typeof id === 'string' && id.length <= MAX_ID_LENGTH) || Number.isSafeInteger(id);

const invalid = (message: string, id: RpcId): McpError =>
  new McpError(RPC.invalidRequest, message, id);
