import { DomainError } from '#libs/platform/kernel';
import type { Dispatcher } from 'undici';
import type { IncomingHttpHeaders } from 'undici/types/header.js';

import { UpstreamError, type UpstreamEffect } from '../errors.js';
import {
  type AnswerHead,
  type AnswerReader,
  type ExchangeControl,
  headerOf,
  headersOf,
} from './answer-reader.js';
import { describeFailure } from './describe-failure.js';

const DRAIN_MS = 500;
const DRAIN_BYTES = 64 * 1024;

/** What bounds one exchange, and who is told when its first byte leaves. */
export interface ExchangeLimits {
  /** From the last sign of work, see {@link ExchangeControl.extend}. */
  timeoutMs: number;
  /** Of the whole exchange, however much work it shows; `timeoutMs` where absent. */
  maxMs?: number | undefined;
  maxAnswerBytes: number;
  signal?: AbortSignal | undefined;
  onSent?: (() => void) | undefined;
}

/** One request and its answer: settles once, and knows whether a byte may have left. */
export class Exchange<T extends object> implements Dispatcher.DispatchHandler, ExchangeControl {
  readonly #settled = Promise.withResolvers<T>();
  readonly #read: (head: AnswerHead, control: ExchangeControl) => AnswerReader<T>;
  readonly #limits: ExchangeLimits;
  readonly #startedAtMs = performance.now();
  #workedAtMs = this.#startedAtMs;
  #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #reader: AnswerReader<T> | undefined;
  #drain: NodeJS.Timeout | undefined;
  #receivedBytes = 0;
  #isDone = false;

  constructor(
    read: (head: AnswerHead, control: ExchangeControl) => AnswerReader<T>,
    limits: ExchangeLimits,
  ) {
    this.#read = read;
    this.#limits = limits;
    this.#timer = setTimeout(this.#onTimeout, Math.max(0, limits.timeoutMs));
    limits.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (limits.signal?.aborted === true) this.#onAbort();
  }

  get answer(): Promise<T> {
    return this.#settled.promise;
  }

  /** Ends it before it began. */
  reject(error: unknown): void {
    const message = error instanceof DomainError ? error.message : describeFailure(error);
    this.#fail(new UpstreamError('upstream_failed', message, 'none', { cause: error }));
  }

  extend(): void {
    this.#workedAtMs = performance.now();
  }

  waitFor(room: Promise<void>): void {
    const controller = this.#controller;
    if (controller === undefined || this.#isDone) return;
    controller.pause();
    void room.finally(() => controller.resume());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isDone) {
      controller.abort(new Error('given up before it was sent'));
      return;
    }
    this.#controller = controller;
    this.#limits.onSent?.();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200 || this.#isDone) return;
    const head = { status, headers };
    const problem = unacceptable(head);
    if (problem !== undefined)
      this.#fail(new UpstreamError('upstream_failed', problem, this.#effect));
    else this.#attempt(() => void (this.#reader = this.#read(head, this)));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#receivedBytes += chunk.length;
    if (this.#isDone) {
      if (this.#receivedBytes > DRAIN_BYTES) this.#controller?.abort(new Error('answer complete'));
    } else if (this.#receivedBytes > this.#limits.maxAnswerBytes)
      this.#fail(
        new UpstreamError(
          'upstream_failed',
          `The tool server's answer is larger than ${String(this.#limits.maxAnswerBytes)} bytes.`,
          this.#effect,
        ),
      );
    else
      this.#attempt(() => {
        const value = this.#reader?.data(chunk);
        if (value !== undefined) this.#succeedEarly(value);
      });
  }

  onResponseEnd(): void {
    clearTimeout(this.#drain);
    if (this.#isDone) return;
    this.#attempt(() => {
      if (this.#reader !== undefined) this.#succeed(this.#reader.end());
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#drain);
    this.#fail(error);
  }

  get #effect(): UpstreamEffect {
    return this.#controller === undefined ? 'none' : 'unknown';
  }

  /** What is left of its time; work that it showed counts up to the longest that it may take. */
  get #remainingMs(): number {
    const { timeoutMs, maxMs = timeoutMs } = this.#limits;
    const longestMs = Math.max(timeoutMs, maxMs);
    const endMs = Math.min(this.#workedAtMs + timeoutMs, this.#startedAtMs + longestMs);
    return Math.ceil(endMs - performance.now());
  }

  readonly #onTimeout = (): void => {
    if (this.#workedAtMs > this.#startedAtMs && this.#remainingMs > 0) {
      this.#timer = setTimeout(this.#onTimeout, this.#remainingMs);
      return;
    }
    // Never sent is "could not be reached": a timeout is what leaves the outcome unknown.
    this.#fail(
      this.#controller === undefined
        ? new UpstreamError(
            'upstream_failed',
            'The tool server could not be reached in time.',
            'none',
          )
        : new UpstreamError(
            'upstream_timeout',
            'The tool server did not answer in time; whether the tool ran is unknown.',
            'unknown',
          ),
    );
  };

  readonly #onAbort = (): void => {
    this.#fail(
      new UpstreamError('upstream_failed', 'The call was given up by its caller.', this.#effect),
    );
  };

  #attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A stream usually ends right after its answer: waiting for that keeps the connection for the next call. */
  #succeedEarly(value: T): void {
    this.#receivedBytes = 0;
    this.#drain = setTimeout(() => this.#controller?.abort(new Error('answer complete')), DRAIN_MS);
    this.#drain.unref();
    this.#succeed(value);
  }

  #succeed(value: T): void {
    this.#finish();
    this.#settled.resolve(value);
  }

  #fail(error: unknown): void {
    if (this.#isDone) return;
    this.#finish();
    this.#settled.reject(
      error instanceof UpstreamError
        ? error
        : new UpstreamError('upstream_failed', describeFailure(error), this.#effect, {
            cause: error,
          }),
    );
    this.#controller?.abort(new Error('exchange failed'));
  }

  #finish(): void {
    this.#isDone = true;
    clearTimeout(this.#timer);
    this.#limits.signal?.removeEventListener('abort', this.#onAbort);
  }
}

const unacceptable = (head: AnswerHead): string | undefined => {
  if (head.status >= 300 && head.status < 400)
    return `The tool server answered with a redirect (HTTP ${String(head.status)}), which is never followed; register the address it leads to.`;
  // Node's parser also takes other codings before `chunked`; where such an answer ends is in doubt (G12).
  const coding = headersOf(head, 'transfer-encoding');
  if (coding !== '' && coding.toLowerCase() !== 'chunked')
    return "The tool server's answer has a Transfer-Encoding other than chunked.";
  const encoding = headerOf(head, 'content-encoding');
  if (encoding !== '' && encoding.toLowerCase() !== 'identity')
    return 'The tool server compressed its answer although it was not asked to.';
  return undefined;
};
