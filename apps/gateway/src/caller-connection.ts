import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EventStream, HttpReply } from '#libs/gateway/tool-calls';
import { ResponseStream } from './response-stream.js';
import { sendReply } from './send-reply.js';

/** The way back to the caller of one request: an answer, whole or as a stream, and whether it is still there. */
export class CallerConnection {
  #closed: AbortController | undefined;
  #stream: ResponseStream | undefined;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {}

  /** Made when it is first asked for: most requests are answered before anybody wants to know. */
  get closed(): AbortSignal {
    if (this.#closed === undefined) {
      const { response } = this;
      const closed = new AbortController();
      const onClose = (): void => {
        if (!response.writableFinished) closed.abort();
      };
      this.#closed = closed;
      if (response.closed) onClose();
      else response.once('close', onClose);
    }
    return this.#closed.signal;
  }

  openStream(headers: Readonly<Record<string, string>> = {}): EventStream {
    this.#stream ??= new ResponseStream(this.request, this.response, this.closed, headers);
    return this.#stream;
  }

  /** The whole answer, or the last event of one that began as a stream. */
  reply(reply: HttpReply): void {
    if (this.#stream === undefined) sendReply(this.request, this.response, reply);
    else this.#stream.finish(reply.body);
  }
}
