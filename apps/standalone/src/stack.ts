/** What was started, ended in the opposite order, each even when another one fails to end. */
export class Stack {
  readonly #ends: (() => Promise<unknown>)[] = [];
  #closing: Promise<void> | undefined;

  /** Remembers how to end `it`. */
  add<T>(it: T, end: (it: T) => Promise<unknown>): T {
    this.#ends.push(() => end(it));
    return it;
  }

  /** Ends everything; the first error is thrown after all have been tried. */
  close(): Promise<void> {
    this.#closing ??= this.#endAll();
    return this.#closing;
  }

  async #endAll(): Promise<void> {
    const errors: unknown[] = [];
    for (const end of this.#ends.toReversed())
      await end().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }
}
