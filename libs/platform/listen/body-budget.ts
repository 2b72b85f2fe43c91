import type { IncomingMessage, ServerResponse } from 'node:http';

/** The most that a request's body may hold, unless its address says otherwise (invariant G11). */
export const MAX_BODY_BYTES = 1_048_576;

/** Too much is being read at once. */
export class BodyBudgetError extends Error {
  constructor() {
    super('Too many requests are being read just now: try again in a moment.');
  }
}

/** How many bytes of bodies may be kept at once, over all connections of this process. */
export class BodyBudget {
  #kept = 0;

  constructor(private readonly maxBytes: number) {}

  get keptBytes(): number {
    return this.#kept;
  }

  /**
   * Counts what `read` takes in, chunk by chunk, for as long as it runs.
   * @throws BodyBudgetError as soon as there is no room for the next chunk.
   */
  async spend<T>(read: (count: (bytes: number) => void) => Promise<T>): Promise<T> {
    let mine = 0;
    const count = (bytes: number): void => {
      if (this.#kept + bytes > this.maxBytes) throw new BodyBudgetError();
      this.#kept += bytes;
      mine += bytes;
    };
    try {
      return await read(count);
    } finally {
      this.#kept -= mine;
    }
  }
}

const waiting = new WeakMap<IncomingMessage, ServerResponse>();

/** Remembers that this caller waits to be told before it sends its body (`Expect: 100-continue`). */
export const deferContinue = (request: IncomingMessage, response: ServerResponse): void =>
  void waiting.set(request, response);

/** Tells a caller that waits for it to send its body: call it when the body is wanted. */
export const sendContinue = (request: IncomingMessage): void => {
  const response = waiting.get(request);
  waiting.delete(request);
  if (response !== undefined && !response.headersSent) response.writeContinue();
};
