import { UpstreamError } from '../upstream-error.js';

/** One server-sent event. */
export interface SseEvent {
  event: string;
  data: string;
  id: string;
}

/**
 * An incremental parser of `text/event-stream` (WHATWG HTML, section 9.2.6). Feed it chunks cut
 * anywhere; a single event is bounded, the whole stream is bounded by whoever reads it.
 */
export class SseParser {
  readonly #decoder = new TextDecoder();
  readonly #maxEventChars: number;
  /** The unfinished line, in pieces: joining them per chunk would make a slow trickle quadratic. */
  #pieces: string[] = [];
  #data: string[] = [];
  #event = '';
  #id = '';
  #eventChars = 0;
  #isAfterCr = false;

  constructor(maxEventChars: number) {
    this.#maxEventChars = maxEventChars;
  }

  push(chunk: Uint8Array): SseEvent[] {
    const text = this.#decoder.decode(chunk, { stream: true });
    const events: SseEvent[] = [];
    if (text === '') return events;
    let start = this.#isAfterCr && text.startsWith('\n') ? 1 : 0;
    this.#isAfterCr = false;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code !== 0x0a && code !== 0x0d) continue;
      this.#take(text.slice(start, at));
      this.#endLine(events);
      if (code === 0x0d && at + 1 === text.length) this.#isAfterCr = true;
      else if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) at += 1;
      start = at + 1;
    }
    this.#take(text.slice(start));
    return events;
  }

  #take(piece: string): void {
    if (piece === '') return;
    this.#eventChars += piece.length;
    if (this.#eventChars > this.#maxEventChars)
      throw new UpstreamError(
        'upstream_failed',
        `The tool server sent an event of more than ${String(this.#maxEventChars)} characters.`,
        'unknown',
      );
    this.#pieces.push(piece);
  }

  #endLine(events: SseEvent[]): void {
    const line = this.#pieces.join('');
    this.#pieces = [];
    if (line === '') this.#endEvent(events);
    else if (line.startsWith(':'))
      this.#eventChars -= line.length; // a comment, often a keep-alive, is part of no event
    else this.#field(line);
  }

  #field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#event = value;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
  }

  #endEvent(events: SseEvent[]): void {
    if (this.#data.length > 0)
      events.push({
        event: this.#event === '' ? 'message' : this.#event,
        data: this.#data.join('\n'),
        id: this.#id,
      });
    this.#data = [];
    this.#event = '';
    this.#eventChars = 0;
  }
}
