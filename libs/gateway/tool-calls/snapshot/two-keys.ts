/** Values by two texts, each compared exactly; no text can be mistaken for two. */
export class ByTwoKeys<V> {
  readonly #values = new Map<string, Map<string, V>>();

  get(first: string, second: string): V | undefined {
    return this.#values.get(first)?.get(second);
  }

  set(first: string, second: string, value: V): void {
    const inner = this.#values.get(first);
    if (inner === undefined) this.#values.set(first, new Map([[second, value]]));
    else inner.set(second, value);
  }
}
