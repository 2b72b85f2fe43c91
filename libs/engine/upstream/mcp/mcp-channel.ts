import { randomInt } from 'node:crypto';

import { isObject, type ExactJson, type ExactObject, type JsonObject } from '#libs/platform/kernel';

import { mediaTypeOf, readText, type ExchangeControl } from '../outbound/answer-reader.js';
import { MAX_ANSWER_BYTES, type Outbound } from '../outbound/outbound.js';
import { FailedPostError, UpstreamError } from '../errors.js';
import { readMessages, type StreamEnd } from './event-messages.js';
import type { RpcOutcome, RpcRequest } from './json-rpc.js';
import { readRpcAnswer, type PeerMessages, type RpcAnswer } from './rpc-answer.js';

/** What one POST of a request needs besides the request. */
export interface PostOptions extends PeerMessages {
  headers: Readonly<Record<string, string>>;
  timeoutMs: number;
  maxMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onSent?: (() => void) | undefined;
  /** Asks for progress, under the request's own id as its token. */
  wantsProgress?: boolean | undefined;
}

const ASIDE_TIMEOUT_MS = 5000;
/** A stream has no deadline; its reader stops it. */
const MAX_TIMER_MS = 2 ** 31 - 1;
const MAX_EVENT_CHARS = 256 * 1024;
const BASE_HEADERS = {
  accept: 'application/json, text/event-stream',
  'content-type': 'application/json',
  'user-agent': 'gatehouse',
};

/** One MCP endpoint over streamable HTTP: posts messages, knows no protocol version. */
export class McpChannel {
  // Several processes may speak in one session, where an id is one request's alone.
  #nextId = randomInt(2 ** 47);

  constructor(
    private readonly outbound: Outbound,
    private readonly url: URL,
  ) {}

  /** Sends a request and reads its answer. */
  async post(method: string, params: JsonObject, options: PostOptions): Promise<RpcAnswer> {
    const id = this.#nextId++;
    const request: RpcRequest = {
      jsonrpc: '2.0',
      id,
      method,
      params: options.wantsProgress === true ? withProgressToken(params, id) : params,
    };
    try {
      return await this.outbound.send(
        {
          url: this.url,
          method: 'POST',
          headers: { ...BASE_HEADERS, ...options.headers },
          body: JSON.stringify(request),
          timeoutMs: options.timeoutMs,
          maxMs: options.maxMs,
          signal: options.signal,
          onSent: options.onSent,
        },
        readRpcAnswer(request.id, MAX_ANSWER_BYTES, options),
      );
    } catch (error) {
      if (error instanceof UpstreamError) throw new FailedPostError(error, request.id);
      throw error;
    }
  }

  /** Sends a notification or an answer of ours; nobody waits for it, so its failure is nobody's. */
  async aside(message: ExactObject, headers: Readonly<Record<string, string>>): Promise<void> {
    await this.#send('POST', { ...BASE_HEADERS, ...headers }, JSON.stringify(message)).catch(
      () => undefined,
    );
  }

  /** Asks for the session's own stream (2025-11-25, Listening for Messages), and reads it until it ends. */
  listen(
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    onMessage: (message: ExactJson, control: ExchangeControl) => void,
  ): Promise<StreamEnd> {
    return this.outbound.send(
      {
        url: this.url,
        method: 'GET',
        headers: { accept: 'text/event-stream', 'user-agent': 'gatehouse', ...headers },
        timeoutMs: MAX_TIMER_MS,
        maxAnswerBytes: Number.MAX_SAFE_INTEGER,
        isOpenEnded: true,
        signal,
      },
      (head, control) =>
        readMessages(MAX_EVENT_CHARS, (message) => onMessage(message, control))(head),
    );
  }

  /** Ends a session (2025-11-25, Session Management); servers may reject, and it then idles out. */
  async endSession(headers: Readonly<Record<string, string>>): Promise<void> {
    await this.#send('DELETE', { 'user-agent': 'gatehouse', ...headers }).catch(() => undefined);
  }

  #send(method: string, headers: Readonly<Record<string, string>>, body?: string): Promise<object> {
    return this.outbound.send(
      {
        url: this.url,
        method,
        headers,
        body,
        timeoutMs: ASIDE_TIMEOUT_MS,
        maxAnswerBytes: 64 * 1024,
      },
      (head) =>
        mediaTypeOf(head) === 'text/event-stream'
          ? { data: () => head, end: () => head }
          : readText(head, () => head),
    );
  }
}

const withProgressToken = (params: JsonObject, progressToken: number): JsonObject => {
  const { _meta: meta } = params;
  return { ...params, _meta: { ...(isObject(meta) ? meta : {}), progressToken } };
};

/**
 * The outcome of an answer, or the {@link UpstreamError} that its HTTP status stands for: a 4xx rejected
 * the request (`none`), a 5xx may come from anywhere on the way (`unknown`).
 */
export const outcomeOrThrow = ({ head, outcome }: RpcAnswer): RpcOutcome => {
  if (outcome !== undefined) return outcome;
  const status = String(head.status);
  if (head.status === 401 || head.status === 403)
    throw new UpstreamError(
      'upstream_failed',
      `The tool server rejected Gatehouse itself (HTTP ${status}); it needs a credential, or another one.`,
      'none',
    );
  throw new UpstreamError(
    'upstream_failed',
    `The tool server answered with HTTP ${status}.`,
    head.status < 500 ? 'none' : 'unknown',
  );
};
