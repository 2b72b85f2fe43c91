import type { SessionRow } from './session-rows.js';

interface Remembered {
  readonly row: SessionRow;
  readonly readAtMs: number;
}

/** The sessions that this process used last: few, for seconds, and none that it heard has ended. */
export class RememberedSessions {
  readonly #byDigest = new Map<string, Remembered>(); // in the order of their last use

  constructor(
    private readonly max: number,
    private readonly forMs: number,
  ) {}

  get(digest: string): SessionRow | undefined {
    const found = this.#byDigest.get(digest);
    if (found === undefined) return undefined;
    this.#byDigest.delete(digest);
    if (performance.now() - found.readAtMs > this.forMs) return undefined;
    this.#byDigest.set(digest, found);
    return found.row;
  }

  set(row: SessionRow): void {
    this.#byDigest.delete(row.digest);
    this.#byDigest.set(row.digest, { row, readAtMs: performance.now() });
    const [oldest] = this.#byDigest.keys();
    if (this.#byDigest.size > this.max && oldest !== undefined) this.#byDigest.delete(oldest);
  }

  drop(digest: string): void {
    this.#byDigest.delete(digest);
  }

  clear(): void {
    this.#byDigest.clear();
  }
}
