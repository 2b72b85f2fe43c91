import type { RpcListener } from '#libs/engine/upstream';
import { isExactObject, isObject, type ExactObject, type Json } from '#libs/platform/kernel';
import { CALL_ID_HEADER, type EventStream, type HttpRequest } from '../../http.js';
import { withoutOurKeys } from '../../steps/without-our-keys.js';
import type { CallListener, ToolCallContext } from '../../tool-call-context.js';
import { isAtLeast, LOG_LEVELS, type LogLevel } from './log-levels.js';
import { META } from './protocol.js';
import type { McpMessage } from './rpc-message.js';

type Notification = Parameters<NonNullable<RpcListener['onNotification']>>[0];

const PROGRESS = 'notifications/progress';
const LOG_MESSAGE = 'notifications/message';
const MAX_TOKEN_LENGTH = 256;

/**
 * What goes to the caller of one call while its tool works: progress under the caller's own token, and log
 * messages of the level that it wants. The answer becomes a stream with the first of them, or at once where the
 * caller asked for progress. Nobody else's stream is within reach (invariant G16).
 */
export class CallStream implements CallListener {
  readonly wantsProgress: boolean;
  readonly logLevel: LogLevel | undefined;
  readonly #token: string | number | undefined;
  readonly #isModern: boolean;
  #stream: EventStream | undefined;

  constructor(
    private readonly http: HttpRequest,
    { params: { _meta: meta }, era }: McpMessage,
    private readonly ctx: ToolCallContext,
  ) {
    const asked = isObject(meta) ? meta : {};
    this.#isModern = era === 'modern';
    this.#token = tokenOf(asked['progressToken']);
    this.wantsProgress = this.#token !== undefined;
    this.logLevel = LOG_LEVELS.find((level) => level === asked[META.logLevel]);
  }

  open(): void {
    this.#stream ??= this.http.openStream({ [CALL_ID_HEADER]: this.ctx.callId });
  }

  onNotification(notification: Notification): Promise<void> | undefined {
    const params = this.#paramsFor(notification);
    if (params === undefined) return undefined;
    this.open();
    const { method } = notification;
    return this.#stream?.send(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  /** As the caller gets it; undefined where it is not for the caller. */
  #paramsFor({ method, params }: Notification): ExactObject | undefined {
    switch (method) {
      case PROGRESS:
        return this.#token === undefined
          ? undefined
          : { ...theirs(params), progressToken: this.#token };
      case LOG_MESSAGE:
        return this.#isLogged(params) ? theirs(params) : undefined;
      default:
        return undefined;
    }
  }

  // Since 2026-07-28 who names no level gets no log messages; before, they came unless a level was set.
  #isLogged({ level }: ExactObject): boolean {
    if (this.logLevel === undefined) return !this.#isModern;
    return isAtLeast(level, this.logLevel);
  }
}

const tokenOf = (token: Json | undefined): string | number | undefined =>
  typeof token === 'number' || (typeof token === 'string' && token.length <= MAX_TOKEN_LENGTH)
    ? token
    : undefined;

const theirs = (params: ExactObject): ExactObject => {
  const { _meta: meta, ...rest } = params;
  if (!isExactObject(meta)) return rest;
  const kept = withoutOurKeys(meta);
  return Object.keys(kept).length === 0 ? rest : { ...rest, _meta: kept };
};
