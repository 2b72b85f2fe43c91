import { beforeSending, FailedPostError } from '../errors.js';
import type { RpcOutcome } from './json-rpc.js';
import { type McpChannel, outcomeOrThrow } from './mcp-channel.js';
import { postOptionsOf, type ClientInfo, type McpRequest } from './mcp-era.js';
import type { McpProtocolEra } from './mcp-protocol-era.js';
import { PeerRequests } from './peer-requests.js';
import type { RpcAnswer } from './rpc-answer.js';
import { openKeptSession } from './kept-session.js';
import { descriptionIn, type ServerDescription } from './server-description.js';
import { isSessionUnknown, openSession, type Session } from './session.js';
import { SessionPool, type SessionPoolLimits, type SessionSlot } from './session-pool.js';
import { keepReading, readStream, type SessionStream } from './session-stream.js';
import { waitFor } from './wait-for.js';

const OPEN_TIMEOUT_MS = 10_000;

/** MCP up to 2025-11-25: initialised sessions, one per key. */
export class LegacyEra implements McpProtocolEra {
  readonly kind = 'legacy';
  readonly #pool: SessionPool;

  constructor(
    private readonly channel: McpChannel,
    private readonly clientInfo: ClientInfo,
    limits: SessionPoolLimits,
  ) {
    this.#pool = new SessionPool(
      (kept, lost) =>
        kept === undefined
          ? openSession(channel, clientInfo, OPEN_TIMEOUT_MS)
          : openKeptSession(channel, clientInfo, OPEN_TIMEOUT_MS, { kept, lost }),
      (session) =>
        session.id === undefined ? Promise.resolve() : channel.endSession(session.headers),
      limits,
    );
  }

  async request(request: McpRequest): Promise<RpcOutcome> {
    const deadlineMs = performance.now() + request.timeoutMs;
    const first = await this.#attempt(request, deadlineMs);
    if (first.lost !== undefined)
      return outcomeOrThrow((await this.#attempt(request, deadlineMs, first.lost)).answer);
    return outcomeOrThrow(first.answer);
  }

  async describe(timeoutMs: number): Promise<ServerDescription> {
    const { channel, clientInfo } = this;
    const { id, headers, described } = await openSession(channel, clientInfo, timeoutMs);
    if (id !== undefined) void channel.endSession(headers);
    return described ?? descriptionIn({});
  }

  async listen(stream: SessionStream): Promise<void> {
    let lost: Session | undefined;
    await keepReading(stream.signal, async () => {
      const slot = this.#pool.acquire(stream.session, { kept: stream.keptSession, lost });
      try {
        const session = await waitFor(slot.session, OPEN_TIMEOUT_MS, stream.signal);
        const outcome = await readStream(this.channel, session, stream);
        if (outcome === 'session_lost') {
          lost = session;
          this.#pool.remove(slot);
        }
        return outcome;
      } catch {
        return 'ended';
      } finally {
        this.#pool.release(slot);
      }
    });
  }

  drop(sessionKey: string): void {
    this.#pool.drop(sessionKey);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #attempt(
    request: McpRequest,
    deadlineMs: number,
    before?: Session,
  ): Promise<{ answer: RpcAnswer; lost: Session | undefined }> {
    const { sessionKey, keptSession } = request;
    const slot = this.#pool.acquire(sessionKey, { kept: keptSession, lost: before });
    try {
      const session = await this.#sessionOf(slot, request, deadlineMs);
      const answer = await this.#post(session, request, deadlineMs);
      const isSessionLost = session.id !== undefined && isSessionUnknown(answer);
      if (isSessionLost) this.#pool.remove(slot);
      return { answer, lost: isSessionLost ? session : undefined };
    } finally {
      this.#pool.release(slot);
    }
  }

  /** Opening is shared with other calls under the key: giving up waits no longer, but stops nothing. */
  async #sessionOf(slot: SessionSlot, request: McpRequest, deadlineMs: number): Promise<Session> {
    if (slot.opened !== undefined) return slot.opened;
    try {
      return await waitFor(slot.session, deadlineMs - performance.now(), request.signal);
    } catch (error) {
      throw beforeSending(error);
    }
  }

  async #post(session: Session, request: McpRequest, deadlineMs: number): Promise<RpcAnswer> {
    const asked = new PeerRequests(request.onRequest, (answer) =>
      this.channel.aside(answer, session.headers),
    );
    try {
      return await this.channel.post(request.method, request.params, {
        ...postOptionsOf(request),
        headers: session.headers,
        timeoutMs: deadlineMs - performance.now(),
        onPeerRequest: (question) => asked.take(question),
        onNotification: (notification) => {
          asked.notice(notification);
          return request.onNotification?.(notification);
        },
      });
    } catch (error) {
      this.#cancel(session, error, request.signal);
      throw error;
    } finally {
      asked.end();
    }
  }

  /** In this era a closed stream cancels nothing, so the server is told (2025-11-25, Cancellation). */
  #cancel(session: Session, error: unknown, signal: AbortSignal | undefined): void {
    if (!(error instanceof FailedPostError) || error.effect === 'none') return;
    if (error.code !== 'upstream_timeout' && signal?.aborted !== true) return;
    const params = { requestId: error.requestId, reason: 'No longer awaited.' };
    void this.channel.aside(
      { jsonrpc: '2.0', method: 'notifications/cancelled', params },
      session.headers,
    );
  }
}
