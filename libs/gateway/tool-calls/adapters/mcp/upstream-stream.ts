import type { McpSession } from '#libs/gateway/mcp-sessions';
import type { ExactObject } from '#libs/platform/kernel';
import type { CallDeps } from '../../deps.js';
import type { EventStream } from '../../http.js';
import type { GatewayServer } from '../../snapshot/gateway-snapshot.js';
import type { ToolCallContext } from '../../tool-call-context.js';
import { audibleServer } from './stream-rights.js';

/** What a tool server may say to a session outside of its calls. */
const PASSED_ON: ReadonlySet<string> = new Set([
  'notifications/message',
  'notifications/tools/list_changed',
]);

interface Followed {
  readonly server: GatewayServer;
  readonly abort: AbortController;
}

/** What the tool server of a session's address says to that session, passed on while its caller may use a tool of it. */
export class UpstreamStream {
  #followed: Followed | null = null;

  constructor(
    private readonly client: EventStream,
    private readonly owner: { readonly ctx: ToolCallContext; readonly session: McpSession },
    private readonly deps: CallDeps,
    private readonly over: AbortSignal,
  ) {}

  /** Reads this server's stream from now on, or (null) none. */
  follow(server: GatewayServer | null): void {
    const followed = this.#followed;
    if (followed?.server.id === server?.id && followed?.server.url === server?.url) return;
    followed?.abort.abort();
    this.#followed = server && { server, abort: new AbortController() };
    if (this.#followed !== null) void this.#read(this.#followed);
  }

  async #read({ server, abort }: Followed): Promise<void> {
    const { session } = this.owner;
    const signal = AbortSignal.any([abort.signal, this.over]);
    try {
      await this.deps.upstreams.listen(server, {
        session: session.digest,
        keptSession: this.deps.sessions.upstream(session, server),
        signal,
        onNotification: ({ method, params }) =>
          signal.aborted ? undefined : this.#pass(method, params),
      });
    } catch (error) {
      this.deps.logger.debug({ err: error }, 'a tool server has no stream for a session');
    }
  }

  #pass(method: string, params: ExactObject): Promise<void> | undefined {
    if (!PASSED_ON.has(method) || !this.#canHear()) return undefined;
    return this.client.send(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  // By the newest snapshot, while that may be used.
  #canHear(): boolean {
    const { ctx, session } = this.owner;
    try {
      this.deps.snapshots.assertUsable();
    } catch {
      return false;
    }
    return audibleServer(ctx, session.server) !== null;
  }
}
