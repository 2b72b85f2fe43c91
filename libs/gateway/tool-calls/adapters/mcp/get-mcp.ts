import type { CallDeps } from '../../deps.js';
import { CallError } from '../../errors.js';
import type { HttpReply, HttpRequest } from '../../http.js';
import { runAsAgent } from '../../run-as-agent.js';
import { acceptsEvents } from './accept.js';
import { serveStream } from './serve-stream.js';
import { contextOfSession, noSuchMethod } from './session-request.js';

/** `GET /mcp` and `GET /mcp/{server}`: the stream on which a session is told what concerns it. */
export const getMcp = (http: HttpRequest, deps: CallDeps): Promise<HttpReply> =>
  runAsAgent(contextOfSession(http), deps, 'newest', async (ctx) => {
    const { session } = ctx;
    if (session === null) return noSuchMethod();
    if (!acceptsEvents(http))
      throw new CallError(
        'not_acceptable',
        'The answer is a stream of events: send Accept: text/event-stream.',
      );
    await serveStream(http, { ctx, session }, deps);
    return { status: 200, headers: {}, body: null };
  });
