/** Admits one caller at a time, in order of arrival. */
export class Mutex {
  #tail: Promise<void> = Promise.resolve();

  /** Resolves when the caller holds the mutex, with the function that releases it. */
  async acquire(): Promise<() => void> {
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await before;
    return resolve;
  }
}
