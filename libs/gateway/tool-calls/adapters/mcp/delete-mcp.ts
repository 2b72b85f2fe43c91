import type { CallDeps } from '../../deps.js';
import type { HttpReply, HttpRequest } from '../../http.js';
import { runAsAgent } from '../../run-as-agent.js';
import { contextOfSession, noSuchMethod } from './session-request.js';

/** `DELETE /mcp` and `DELETE /mcp/{server}`: ends the client's session, and what belongs to it at tool servers. */
export const deleteMcp = (http: HttpRequest, deps: CallDeps): Promise<HttpReply> =>
  runAsAgent(contextOfSession(http), deps, 'newest', async ({ session }) => {
    if (session === null) return noSuchMethod();
    for (const upstream of await deps.sessions.end(session)) deps.upstreams.endSession(upstream);
    return { status: 204, headers: { 'cache-control': 'no-store' }, body: null };
  });
