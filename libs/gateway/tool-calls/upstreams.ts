import type { EndedUpstreamSession } from '#libs/gateway/mcp-sessions';
import type { JsonObject } from '#libs/platform/kernel';
import {
  callRest,
  endKeptSession,
  McpUpstream,
  UpstreamError,
  type ClientInfo,
  type KeptSession,
  type Outbound,
  type RpcListener,
  type RestOperation,
  type ServerDescription,
  type SessionStream,
} from '#libs/engine/upstream';
import type { ToolResult } from './call-end.js';
import { ServerDescriptions } from './server-descriptions.js';
import type { GatewayServer, GatewayTool } from './snapshot/gateway-snapshot.js';

/** One call as it goes upstream: nothing of the caller's request but the evaluated arguments (invariant I2). */
export interface ForwardedCall extends RpcListener {
  readonly tool: GatewayTool;
  readonly arguments: JsonObject;
  /** Calls of different agents, or for different people, never share an upstream session. */
  readonly session: string;
  /** Where it is kept for all gateways, if it belongs to a session of the client's. */
  readonly keptSession: KeptSession | undefined;
  /** Since the last progress that the tool showed, up to `maxMs` in all. */
  readonly timeoutMs: number;
  readonly maxMs?: number;
  /** Asks the tool server to tell its progress. */
  readonly wantsProgress?: boolean;
  /** The least urgent log messages that it is asked for (2026-07-28). */
  readonly logLevel?: string | undefined;
  /** Aborted when the call loses its right while it is in progress. */
  readonly signal: AbortSignal;
  /** Called right before the first byte leaves. */
  readonly onSent: () => void;
}

// A client waits for it when it connects.
const DESCRIBE_TIMEOUT_MS = 3_000;

interface OpenUpstream {
  readonly url: string;
  readonly upstream: McpUpstream;
}

/** The tool servers' connections, one for each MCP server, made when first needed. */
export class Upstreams {
  readonly #open = new Map<string, OpenUpstream>();
  readonly #descriptions = new ServerDescriptions((server) =>
    this.#mcp(server).describe(DESCRIBE_TIMEOUT_MS),
  );

  constructor(
    private readonly outbound: Outbound,
    private readonly clientInfo: ClientInfo,
  ) {}

  /** Sends a call, at most once. @throws UpstreamError */
  async call(call: ForwardedCall): Promise<ToolResult> {
    const { server } = call.tool;
    switch (server.kind) {
      case 'mcp':
        return this.#callMcp(server, call);
      case 'rest':
        return this.#callRest(server, call);
      default:
        throw notCallable(`its kind is unknown (${String(server.kind satisfies never)})`);
    }
  }

  /** What a tool server says of itself; null when it is none that could, or does not answer soon. */
  describe(server: GatewayServer): Promise<ServerDescription | null> {
    return server.kind === 'mcp' ? this.#descriptions.of(server) : Promise.resolve(null);
  }

  /** Reads what a tool server tells a client's session, until the signal ends it or there is nothing to read. */
  async listen(server: GatewayServer, stream: SessionStream): Promise<void> {
    if (server.kind === 'mcp') await this.#mcp(server).listen(stream);
  }

  /** Ends what a client's session was at a tool server; nobody waits for that. */
  endSession({ url, session }: EndedUpstreamSession): void {
    void endKeptSession(this.outbound, url, session).catch(() => undefined);
  }

  /** Drops what belongs to a session that has ended. */
  dropSession(session: string): void {
    for (const { upstream } of this.#open.values()) void upstream.drop(session);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ upstream }) => upstream.close()));
    this.#open.clear();
  }

  #callMcp(server: GatewayServer, call: ForwardedCall): Promise<ToolResult> {
    const { tool, ...rest } = call;
    return this.#mcp(server).callTool({
      ...rest,
      name: tool.name,
      inputSchema: tool.inputSchema,
    });
  }

  async #callRest(server: GatewayServer, call: ForwardedCall): Promise<ToolResult> {
    const { timeoutMs, signal, onSent, tool } = call;
    if (tool.operation === null) throw notCallable('it says no operation for this tool');
    return callRest(this.outbound, {
      baseUrl: server.url,
      // As libs/engine/upstream imported it, and the catalog pinned it.
      operation: tool.operation as unknown as RestOperation,
      arguments: call.arguments,
      timeoutMs,
      signal,
      onSent,
    });
  }

  #mcp({ id, url }: GatewayServer): McpUpstream {
    const known = this.#open.get(id);
    if (known?.url === url) return known.upstream;
    const upstream = new McpUpstream(this.outbound, { url, clientInfo: this.clientInfo });
    this.#open.set(id, { url, upstream });
    // Another address is another server, whatever its name: nothing of the old sessions goes there.
    void known?.upstream.close().catch(() => undefined);
    return upstream;
  }
}

const notCallable = (why: string): UpstreamError =>
  new UpstreamError('upstream_failed', `The tool server cannot be called: ${why}.`, 'none');
