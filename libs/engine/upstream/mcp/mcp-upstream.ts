import type { JsonObject } from '#libs/platform/kernel';

import type { Outbound } from '../outbound/outbound.js';
import { beforeSending, UpstreamError } from '../errors.js';
import type { UpstreamResult } from '../upstream-result.js';
import { callResultOf } from './call-result.js';
import type { RpcListener, RpcOutcome } from './json-rpc.js';
import { listAllTools, type UpstreamTools } from './list-tools.js';
import { McpChannel } from './mcp-channel.js';
import type { ClientInfo, KeptSession, McpRequest } from './mcp-era.js';
import type { McpProtocolEra } from './mcp-protocol-era.js';
import { negotiateEra } from './negotiate-era.js';
import { LegacyEra } from './legacy-era.js';
import type { ServerDescription } from './server-description.js';
import type { SessionStream } from './session-stream.js';
import { ModernEra } from './modern-era.js';
import { waitFor } from './wait-for.js';

/** Which MCP server, and who we say we are. */
export interface McpUpstreamOptions {
  url: string;
  clientInfo: ClientInfo;
  maxSessions?: number;
  sessionIdleMs?: number;
}

/** One call of a tool. There is no place for headers: nothing of the caller's request goes upstream (I2). */
export interface McpCall extends RpcListener {
  name: string;
  arguments: JsonObject;
  /** Calls with different keys (an agent's id) never share an upstream session. */
  session: string;
  /** Where that session is kept, if it outlives this process. */
  keptSession?: KeptSession | undefined;
  /** Since the last progress that the tool showed, up to `maxMs` in all. */
  timeoutMs: number;
  maxMs?: number;
  /** Asks the tool server to tell its progress. */
  wantsProgress?: boolean;
  /** The least urgent log messages that it is asked for (2026-07-28). */
  logLevel?: string | undefined;
  /** The pinned schema; needed where the tool mirrors arguments into headers (`x-mcp-header`). */
  inputSchema?: JsonObject;
  signal?: AbortSignal;
  /** Called right before the first byte of the call leaves; at most once. */
  onSent?: () => void;
}

const LIST_TIMEOUT_MS = 30_000;
const NEGOTIATE_TIMEOUT_MS = 10_000;
const DISCOVERY_SESSION = '\0discovery'; // no agent's id

/**
 * Gatehouse's client of one MCP server over streamable HTTP, in whichever generation the server speaks:
 * 2026-07-28 (modern) or 2025-11-25 and older (legacy, with sessions). A call is sent at most once; only a
 * server that says it does not know the session, and so did not read the call, is asked again.
 */
export class McpUpstream {
  readonly #channel: McpChannel;
  readonly #options: McpUpstreamOptions;
  #era: Promise<McpProtocolEra> | undefined;
  #isClosed = false;

  constructor(outbound: Outbound, options: McpUpstreamOptions) {
    this.#channel = new McpChannel(outbound, outbound.assertUrl(options.url));
    this.#options = options;
  }

  /** All tools of the server, and what it lists that is none. @throws UpstreamError */
  async listTools(options: { signal?: AbortSignal } = {}): Promise<UpstreamTools> {
    const timeoutMs = LIST_TIMEOUT_MS;
    const { kind } = await this.#eraWithin(timeoutMs, options.signal);
    const sessionKey = DISCOVERY_SESSION;
    return listAllTools(
      (params) =>
        this.#request({
          method: 'tools/list',
          params,
          sessionKey,
          timeoutMs,
          signal: options.signal,
        }),
      kind,
    );
  }

  /** Calls a tool. @throws UpstreamError, whose `effect` says whether the tool may have run */
  async callTool(call: McpCall): Promise<UpstreamResult> {
    const { name, session, arguments: args, ...rest } = call;
    const outcome = await this.#request({
      ...rest,
      method: 'tools/call',
      params: { name, arguments: args },
      sessionKey: session,
      onSent: once(call.onSent),
    });
    try {
      return callResultOf(outcome);
    } catch (error) {
      // The server rejected our way of asking: it may have been replaced, so ask anew next time.
      if (error instanceof UpstreamError && error.effect === 'none') this.#resetEra();
      throw error;
    }
  }

  /** What the server says of itself now. @throws UpstreamError */
  async describe(timeoutMs: number): Promise<ServerDescription> {
    return (await this.#eraWithin(timeoutMs, undefined)).describe(timeoutMs);
  }

  /** Reads the stream of a kept session until its signal ends it, or the server has none. */
  async listen(stream: SessionStream): Promise<void> {
    const era = await this.#eraWithin(NEGOTIATE_TIMEOUT_MS, stream.signal);
    await era.listen(stream);
  }

  /** Drops a kept session, which is ended where it is kept. */
  async drop(session: string): Promise<void> {
    const era = await this.#era?.catch(() => undefined);
    era?.drop(session);
  }

  /** Ends all sessions; later calls are rejected. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const era = await this.#era?.catch(() => undefined);
    await era?.close();
  }

  async #request(request: McpRequest): Promise<RpcOutcome> {
    const startedAtMs = performance.now();
    const era = await this.#eraWithin(request.timeoutMs, request.signal);
    const timeoutMs = request.timeoutMs - (performance.now() - startedAtMs);
    return era.request({ ...request, timeoutMs });
  }

  async #eraWithin(timeoutMs: number, signal: AbortSignal | undefined): Promise<McpProtocolEra> {
    if (this.#isClosed)
      throw new UpstreamError(
        'upstream_failed',
        'The connection to the tool server is closed.',
        'none',
      );
    this.#era ??= this.#negotiate();
    try {
      return await waitFor(this.#era, timeoutMs, signal);
    } catch (error) {
      throw beforeSending(error);
    }
  }

  #negotiate(): Promise<McpProtocolEra> {
    const { clientInfo, maxSessions = 500, sessionIdleMs = 600_000 } = this.#options;
    const era = negotiateEra(this.#channel, clientInfo, NEGOTIATE_TIMEOUT_MS).then(
      (kind): McpProtocolEra =>
        kind === 'modern'
          ? new ModernEra(this.#channel, clientInfo)
          : new LegacyEra(this.#channel, clientInfo, { maxSessions, idleMs: sessionIdleMs }),
    );
    era.catch(() => {
      if (this.#era === era) this.#era = undefined; // a server that was down may be up at the next call
    });
    return era;
  }

  #resetEra(): void {
    const era = this.#era;
    this.#era = undefined;
    void era?.then((old) => old.close()).catch(() => undefined);
  }
}

const once = (callback: (() => void) | undefined): (() => void) | undefined => {
  let isCalled = false;
  return callback === undefined
    ? undefined
    : () => {
        if (!isCalled) callback();
        isCalled = true;
      };
};
