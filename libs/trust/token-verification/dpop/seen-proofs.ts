import { createHash } from 'node:crypto';

/**
 * Which proofs have been used, until they are too old to count anyway. Bounded; what is remembered is
 * never dropped early, because then it could be used again.
 */
export class SeenProofs {
  // In the order of insertion, which is that of `until`: every proof is remembered for the same time.
  readonly #until = new Map<string, number>();

  constructor(
    private readonly rememberForMs: number,
    private readonly maxEntries: number,
  ) {}

  /** Remembers a proof. `seen`: it was used before; `full`: nothing more can be remembered now. */
  add(thumbprint: string, tokenId: string, nowMs: number): 'new' | 'seen' | 'full' {
    this.#forget(nowMs);
    const key = createHash('sha256')
      .update(JSON.stringify([thumbprint, tokenId]))
      .digest('base64');
    if (this.#until.has(key)) return 'seen';
    if (this.#until.size >= this.maxEntries) return 'full';
    this.#until.set(key, nowMs + this.rememberForMs);
    return 'new';
  }

  #forget(nowMs: number): void {
    for (const [key, until] of this.#until) {
      if (until > nowMs) return;
      this.#until.delete(key);
    }
  }
}
