import type { JsonObject } from '#libs/platform/kernel';

import { beforeSending, FailedPostError } from '../errors.js';
import type { RpcOutcome, RpcPeerRequest } from './json-rpc.js';
import { type McpChannel, outcomeOrThrow } from './mcp-channel.js';
import type { ClientInfo, McpProtocolEra, McpRequest } from './mcp-era.js';
import type { RpcAnswer } from './rpc-answer.js';
import { isSessionUnknown, openSession, type Session } from './session.js';
import { SessionPool, type SessionPoolLimits, type SessionSlot } from './session-pool.js';
import { waitFor } from './wait-for.js';

const OPEN_TIMEOUT_MS = 10_000;
const METHOD_NOT_FOUND = -32601;

/** MCP up to 2025-11-25: initialised sessions, one per key. */
export class LegacyEra implements McpProtocolEra {
  readonly kind = 'legacy';
  readonly #pool: SessionPool;

  constructor(
    private readonly channel: McpChannel,
    clientInfo: ClientInfo,
    limits: SessionPoolLimits,
  ) {
    this.#pool = new SessionPool(
      () => openSession(channel, clientInfo, OPEN_TIMEOUT_MS),
      (session) =>
        session.id === undefined ? Promise.resolve() : channel.endSession(session.headers),
      limits,
    );
  }

  async request(request: McpRequest): Promise<RpcOutcome> {
    const deadlineMs = performance.now() + request.timeoutMs;
    const first = await this.#attempt(request, deadlineMs);
    if (first.isSessionLost)
      return outcomeOrThrow((await this.#attempt(request, deadlineMs)).answer);
    return outcomeOrThrow(first.answer);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #attempt(
    request: McpRequest,
    deadlineMs: number,
  ): Promise<{ answer: RpcAnswer; isSessionLost: boolean }> {
    const slot = this.#pool.acquire(request.sessionKey);
    try {
      const session = await this.#sessionOf(slot, request, deadlineMs);
      const answer = await this.#post(session, request, deadlineMs);
      const isSessionLost = session.id !== undefined && isSessionUnknown(answer);
      if (isSessionLost) this.#pool.remove(slot);
      return { answer, isSessionLost };
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
    try {
      return await this.channel.post(request.method, request.params, {
        headers: session.headers,
        timeoutMs: deadlineMs - performance.now(),
        signal: request.signal,
        onSent: request.onSent,
        onPeerRequest: (asked) => void this.channel.aside(replyTo(asked), session.headers),
      });
    } catch (error) {
      this.#cancel(session, error, request.signal);
      throw error;
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

/** We declare no capabilities; a tool that asks all the same is told no, so that it does not wait. */
const replyTo = ({ id, method }: RpcPeerRequest): JsonObject =>
  method === 'ping'
    ? { jsonrpc: '2.0', id, result: {} }
    : {
        jsonrpc: '2.0',
        id,
        error: {
          code: METHOD_NOT_FOUND,
          message: `Gatehouse does not answer ${method.slice(0, 100)}.`,
        },
      };
