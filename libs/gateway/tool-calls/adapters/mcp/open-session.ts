import type { CallDeps } from '../../deps.js';
import { CallError } from '../../errors.js';
import type { HttpReply } from '../../http.js';
import { sessionOwner } from '../../steps/find-session.js';
import type { ToolCallContext } from '../../tool-call-context.js';
import { declaredClient } from './declared-client.js';
import type { McpAdapter } from './mcp-adapter.js';
import { agreedVersion } from './mcp-methods.js';
import type { McpMessage } from './rpc-message.js';
import { SESSION_HEADER } from './session-header.js';

/**
 * Opens the client's session with the answer to its `initialize`. A client need not use it: requests that name
 * no session are answered, too, and share one session at each tool server with others of the same caller.
 */
export const openSession = async (
  reply: HttpReply,
  message: McpMessage,
  { ctx, adapter }: { ctx: ToolCallContext; adapter: McpAdapter },
  { sessions }: CallDeps,
): Promise<HttpReply> => {
  const client = declaredClient(message, agreedVersion(message));
  const id = await sessions.open(sessionOwner(ctx, adapter.server), client);
  if (id === null)
    throw new CallError(
      'too_many_sessions',
      'Sessions are opened too quickly. Use those that are open, and try again in a moment.',
    );
  return { ...reply, headers: { ...reply.headers, [SESSION_HEADER]: id } };
};
