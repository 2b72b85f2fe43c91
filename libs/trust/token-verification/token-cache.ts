import { createHash } from 'node:crypto';
import type { VerifiedToken } from './verified-token.js';

const MAX_ENTRIES = 10_000;
const MAX_AGE_MS = 10 * 60_000;

/** A token that was verified, and whether its issuer still publishes the key that signed it. */
export interface KnownToken {
  readonly token: VerifiedToken;
  readonly isKeyStillPublished: () => boolean;
}

interface Cached extends KnownToken {
  readonly until: number;
}

/**
 * Verified tokens by the SHA-256 of the token, so that no token is kept. Bounded, the least recently
 * used goes first; emptied when the epoch moves, because trust may have been revoked.
 */
export class TokenCache {
  readonly #entries = new Map<string, Cached>();
  #epoch: bigint | undefined;

  get(token: string, epoch: bigint, now: Date): KnownToken | undefined {
    this.#follow(epoch);
    const key = keyOf(token);
    const cached = this.#entries.get(key);
    if (cached === undefined) return undefined;
    this.#entries.delete(key);
    if (now.getTime() >= cached.until) return undefined;
    this.#entries.set(key, cached);
    return cached;
  }

  /** Keeps what was verified under `epoch`, unless a newer one has been seen since. */
  set(token: string, known: KnownToken, epoch: bigint, now: Date): void {
    if (epoch !== this.#epoch) return;
    const until = Math.min(known.token.expiresAt.getTime(), now.getTime() + MAX_AGE_MS);
    this.#entries.set(keyOf(token), { ...known, until });
    if (this.#entries.size <= MAX_ENTRIES) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }

  #follow(epoch: bigint): void {
    if (this.#epoch !== undefined && epoch <= this.#epoch) return;
    this.#entries.clear();
    this.#epoch = epoch;
  }
}

const keyOf = (token: string): string => createHash('sha256').update(token).digest('base64');
