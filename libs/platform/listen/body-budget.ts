/** The most that a request's body may hold, unless its address says otherwise (invariant G11). */
export const MAX_BODY_BYTES = 1_048_576;

/** What a process keeps at most of admitted bodies that are still coming in, over all connections. */
export const MAX_KEPT_BODY_BYTES = 128 * MAX_BODY_BYTES;

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
