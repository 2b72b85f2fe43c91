import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EventStream } from '#libs/gateway/tool-calls';

/** How often a silent stream shows that it is alive: proxies give up on one after 30 s or more. */
export const HEARTBEAT_MS = 15_000;

/** What may wait for a slow reader, beside the one event that went over it. */
export const MAX_WAITING_BYTES = 1_048_576;

const LINE_BREAK = /[\r\n]/;

/** Server-sent events on a response (WHATWG HTML, section 9.2). */
export class ResponseStream implements EventStream {
  readonly #heartbeat: NodeJS.Timeout;
  #room = Promise.withResolvers<void>();
  #isFull = false;
  /** Nothing that waits was taken since the last heartbeat. */
  #isStuck = false;
  #isOver = false;

  constructor(
    { method }: IncomingMessage,
    private readonly response: ServerResponse,
    readonly closed: AbortSignal,
    headers: Readonly<Record<string, string>>,
    heartbeatMs = HEARTBEAT_MS,
  ) {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // For proxies that would otherwise collect the answer first.
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    response.on('drain', () => this.#hasRoom());
    response.once('close', () => this.#stop());
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#heartbeat.unref();
    if (response.destroyed) this.#stop();
    if (method === 'HEAD') this.end();
  }

  send(data: string, eventId?: string): Promise<void> {
    if (LINE_BREAK.test(data) || (eventId !== undefined && LINE_BREAK.test(eventId)))
      throw new TypeError('an event is one line');
    const id = eventId === undefined ? '' : `id: ${eventId}\n`;
    return this.#write(`event: message\n${id}data: ${data}\n\n`);
  }

  end(): void {
    if (this.#isOver) return;
    this.#stop();
    this.response.end();
  }

  /** The last event, if there is anything to say and anybody to say it to. */
  finish(body: string | null): void {
    if (body !== null) void this.send(body);
    this.end();
  }

  #write(text: string): Promise<void> {
    if (this.#isOver) return Promise.resolve();
    if (this.response.writableLength > MAX_WAITING_BYTES) {
      this.#cut();
      return Promise.resolve();
    }
    if (this.response.write(text)) return Promise.resolve();
    this.#isFull = true;
    return this.#room.promise;
  }

  #beat(): void {
    if (this.#isFull && this.#isStuck) this.#cut();
    else if (this.#isFull) this.#isStuck = true;
    else void this.#write(':\n\n');
  }

  #cut(): void {
    this.#stop();
    this.response.destroy();
  }

  #hasRoom(): void {
    this.#isFull = false;
    this.#isStuck = false;
    this.#room.resolve();
    this.#room = Promise.withResolvers();
  }

  #stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#heartbeat);
    this.#room.resolve();
  }
}
