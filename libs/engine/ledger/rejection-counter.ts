import { systemActor, systemClock } from '#libs/platform/kernel';
import type { RejectionCountedData } from './catalogue.js';
import { ChainHolder } from './chain-holder.js';
import type { LedgerLink } from './chain.js';
import { Mutex } from './mutex.js';

/** How much a {@link RejectionCounter} keeps in memory, and how often it writes. */
export interface RejectionCounterOptions {
  maxKeys?: number;
  flushEveryMs?: number;
}

const OTHER = 'other';
const MAX_REASONS = 50;
const MAX_TEXT = 64;

/**
 * Counts rejections of callers without a name, per minute, reason and source, and writes the counts every
 * few seconds on a chain of its own: a flood costs a bounded number of entries and delays no decision.
 */
export class RejectionCounter {
  readonly #holder: ChainHolder;
  readonly #maxKeys: number;
  readonly #flushEveryMs: number;
  readonly #mutex = new Mutex();
  readonly #reasons = new Set<string>();
  #counts = new Map<string, RejectionCountedData>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly link: LedgerLink,
    options: RejectionCounterOptions = {},
  ) {
    this.#holder = new ChainHolder(link, 'rejections');
    this.#maxKeys = options.maxKeys ?? 200;
    this.#flushEveryMs = options.flushEveryMs ?? 5000;
  }

  /** Counts one rejection; never waits and never throws. */
  count(reason: string, source: string): void {
    this.#add({
      minute: this.#minute(),
      reason: this.#knownReason(clean(reason)),
      source: clean(source),
      count: 1,
    });
    this.#timer ??= setTimeout(() => void this.#flushInBackground(), this.#flushEveryMs).unref();
  }

  /** Writes what has been counted; after a failure the counts are kept and written the next time. */
  async flush(): Promise<void> {
    const release = await this.#mutex.acquire();
    try {
      await this.#flush();
    } finally {
      release();
    }
  }

  /** Writes what has been counted and closes the chain. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.flush();
    } finally {
      await this.#holder.stop();
    }
  }

  async #flushInBackground(): Promise<void> {
    try {
      await this.flush();
    } catch {
      // Kept in #counts, and bounded there.
    } finally {
      this.#timer = undefined;
      if (this.#counts.size > 0)
        this.#timer = setTimeout(() => void this.#flushInBackground(), this.#flushEveryMs).unref();
    }
  }

  async #flush(): Promise<void> {
    const counted = [...this.#counts.values()];
    if (counted.length === 0) return;
    this.#counts = new Map();
    try {
      const chain = await this.#holder.current();
      const actor = systemActor(this.link.writer);
      await chain.append(
        counted.map((data) => chain.prepare({ type: 'rejection.counted', actor, data })),
      );
    } catch (error) {
      for (const data of counted) this.#add(data);
      throw error;
    }
  }

  #add(data: RejectionCountedData): void {
    const key = `${data.minute} ${data.reason} ${data.source}`;
    const known = this.#counts.get(key);
    if (known) known.count += data.count;
    else if (this.#counts.size < this.#maxKeys) this.#counts.set(key, { ...data });
    else this.#addOther(data);
  }

  // The overflow has one key per reason whatever the minute, so that a long outage stays bounded too.
  #addOther(data: RejectionCountedData): void {
    const key = `${OTHER} ${data.reason}`;
    const known = this.#counts.get(key);
    if (known) known.count += data.count;
    else this.#counts.set(key, { ...data, source: OTHER });
  }

  #knownReason(reason: string): string {
    if (this.#reasons.size < MAX_REASONS) this.#reasons.add(reason);
    return this.#reasons.has(reason) ? reason : OTHER;
  }

  #minute(): string {
    const nowMs = (this.link.clock ?? systemClock).now().getTime();
    return new Date(nowMs - (nowMs % 60_000)).toISOString();
  }
}

const clean = (text: string): string =>
  text.toWellFormed().replaceAll('\0', '').slice(0, MAX_TEXT).toWellFormed() || OTHER;
