import type { DeclaredClient } from '#libs/gateway/mcp-sessions';
import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { McpError, RPC } from './mcp-error.js';
import type { McpMessage } from './rpc-message.js';

const MAX_TEXT_LENGTH = 200;
const MAX_CAPABILITIES_LENGTH = 4_096;

/** What `initialize` says of its client, as far as its session keeps it: bounded, whatever was sent. */
export const declaredClient = (
  { id, params }: McpMessage,
  protocolVersion: string,
): DeclaredClient => {
  const { capabilities = {}, clientInfo } = params;
  if (!isObject(capabilities) || JSON.stringify(capabilities).length > MAX_CAPABILITIES_LENGTH)
    throw new McpError(
      RPC.invalidParams,
      `params.capabilities must be an object of at most ${MAX_CAPABILITIES_LENGTH} characters.`,
      id ?? null,
    );
  return { protocolVersion, info: isObject(clientInfo) ? infoOf(clientInfo) : {}, capabilities };
};

const infoOf = ({ name, version }: JsonObject): JsonObject => ({
  name: textOf(name),
  version: textOf(version),
});

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value.slice(0, MAX_TEXT_LENGTH).toWellFormed() : '';
