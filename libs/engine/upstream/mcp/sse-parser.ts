import { createParser, type EventSourceMessage } from 'eventsource-parser';

import { UpstreamError } from '../errors.js';
import { notUtf8 } from '../outbound/answer-reader.js';

/** One server-sent event. */
export interface SseEvent {
  event: string;
  data: string;
  id: string;
}

/**
 * `eventsource-parser` (WHATWG HTML, section 9.2.6) with a bound around it. Feed it chunks cut
 * anywhere; a single event is bounded, the whole stream is bounded by its reader.
 *
 * The library's own `maxBufferSize` counts unfinished lines and data. It does not count what the
 * library discards, nor an event that comes whole in one chunk: those are counted here.
 */
export class SseParser {
  // The library strips the byte order mark: a decoder that did the same would strip a second one.
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #maxEventChars: number;
  readonly #parser;
  #events: SseEvent[] = [];
  #lastId = '';
  /** What has come since the last event or comment ended. */
  #pendingChars = 0;

  constructor(maxEventChars: number) {
    this.#maxEventChars = maxEventChars;
    this.#parser = createParser({
      maxBufferSize: maxEventChars,
      onEvent: (event) => {
        this.#take(event);
      },
      onId: (id) => {
        this.#lastId = id;
      },
      // A comment, often a keep-alive, is part of no event.
      onComment: () => {
        this.#pendingChars = 0;
      },
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') throw this.#tooLarge();
      },
    });
  }

  /** @throws UpstreamError `upstream_failed` when an event is larger than the bound, or not in UTF-8 */
  push(chunk: Uint8Array): SseEvent[] {
    const text = this.#decode(chunk);
    this.#pendingChars += text.length;
    this.#parser.feed(text);
    if (this.#pendingChars > this.#maxEventChars) throw this.#tooLarge();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #decode(chunk: Uint8Array): string {
    try {
      return this.#decoder.decode(chunk, { stream: true });
    } catch {
      throw notUtf8();
    }
  }

  #take({ event = 'message', data }: EventSourceMessage): void {
    if (data.length > this.#maxEventChars) throw this.#tooLarge();
    this.#pendingChars = 0;
    // The last id stays until another one comes, for events that name none.
    this.#events.push({ event, data, id: this.#lastId });
  }

  #tooLarge(): UpstreamError {
    return new UpstreamError(
      'upstream_failed',
      `The tool server sent an event of more than ${String(this.#maxEventChars)} characters.`,
      'unknown',
    );
  }
}
