import type { CallDeps } from '../../deps.js';
import type { HttpReply, HttpRequest } from '../../http.js';
import { runAsAgent } from '../../run-as-agent.js';
import { ToolCallContext } from '../../tool-call-context.js';
import { credentialsOf } from '../credentials.js';
import { problemReply } from '../rest/problem.js';
import { McpAdapter } from './mcp-adapter.js';

/** `DELETE /mcp` and `DELETE /mcp/{server}`: ends the client's session, and what belongs to it at tool servers. */
export const deleteMcp = (http: HttpRequest, deps: CallDeps): Promise<HttpReply> =>
  runAsAgent(contextOfSession(http), deps, 'newest', async ({ session }) => {
    if (session === null) return noSuchMethod();
    for (const upstream of await deps.sessions.end(session)) deps.upstreams.endSession(upstream);
    return { status: 204, headers: { 'cache-control': 'no-store' }, body: null };
  });

/** The context of a request that is about a session as a whole, and so has no message. */
export const contextOfSession = (http: HttpRequest): ToolCallContext =>
  new ToolCallContext(new McpAdapter(http), credentialsOf(http));

/** As of an address that has no such method: without a session there is no stream, and nothing to end. */
export const noSuchMethod = (): HttpReply =>
  problemReply(
    405,
    'method_not_allowed',
    'Without a session (the header Mcp-Session-Id, up to 2025-11-25) this address only takes POST.',
    {},
    { allow: 'POST' },
  );
