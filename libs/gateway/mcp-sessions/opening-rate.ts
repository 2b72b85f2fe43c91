/** How many sessions may be opened at once, and how many a second after that. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const MAX_KEYS = 10_000;

/** A token bucket for each key, in this process. */
export class OpeningRate {
  readonly #buckets = new Map<string, Bucket>(); // the least recently used first

  constructor(private readonly limit: RateLimit) {}

  /** Takes one, if there is one left. */
  take(key: string): boolean {
    const { burst, perSecond } = this.limit;
    const nowMs = performance.now();
    const { tokens, filledAtMs } = this.#buckets.get(key) ?? { tokens: burst, filledAtMs: nowMs };
    const left = Math.min(burst, tokens + ((nowMs - filledAtMs) / 1000) * perSecond);
    const isTaken = left >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: isTaken ? left - 1 : left, filledAtMs: nowMs });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MAX_KEYS && oldest !== undefined) this.#buckets.delete(oldest);
    return isTaken;
  }
}
