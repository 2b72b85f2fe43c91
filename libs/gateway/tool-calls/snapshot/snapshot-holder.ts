import { setTimeout as sleep } from 'node:timers/promises';
import {
  ClockCheck,
  EPOCH_CHANNEL,
  isDatabaseUnavailable,
  readEpoch,
  readEpochAndTime,
  type Database,
  type Notifications,
} from '#libs/platform/db';
import { withTimeout, type Clock } from '#libs/platform/kernel';
import type { Logger } from '#libs/platform/telemetry';
import { SignatureBook, type VerificationKeys } from '#libs/engine/record-signatures';
import { CallError } from '../errors.js';
import { ArgumentBinders } from './argument-binders.js';
import type { GatewaySnapshot } from './gateway-snapshot.js';
import type { OwnIssuerSettings } from './load-registry.js';
import { loadSnapshot, type LoadedSnapshot, type SnapshotSettings } from './load-snapshot.js';
import { OutageReport } from './outage-report.js';
import { UnverifiedReport } from './unverified-report.js';

// Twice in the second within which a call in progress is terminated, should a notification be lost.
const POLL_EVERY_MS = 500;
// Of the time with one change after the other, loading takes a fifth.
const PAUSE_PER_LOAD = 4;
const LONGEST_PAUSE_MS = 300;
const LEASE_MS = 5_000;
const REFRESH_TIMEOUT_MS = 4_000;
// The first is read while the process itself still loads, and nothing is decided until it is there.
const FIRST_TIMEOUT_MS = 30_000;

/** Where the snapshots come from. */
export interface SnapshotSource {
  readonly db: Database;
  readonly notifications: Pick<Notifications, 'on'>;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Our own token endpoint. */
  readonly ownIssuer: OwnIssuerSettings;
  /** By which the records are verified. */
  readonly keys: VerificationKeys;
}

/**
 * Holds the newest snapshot. A notification is a hint and a steady poll the truth; without either
 * for 5 s the snapshot may no longer be used (invariant I4), nor while this clock is not the database's
 * (invariant G22). Calls in flight keep the one they have.
 */
export class SnapshotHolder {
  readonly #settings: SnapshotSettings;
  readonly #reported = new UnverifiedReport();
  readonly #outages: OutageReport;
  readonly #stopping = new AbortController();
  readonly #followers = new Set<(snapshot: GatewaySnapshot) => void>();
  readonly #clock: ClockCheck;
  #loaded: LoadedSnapshot | undefined;
  /** When the database last confirmed that the snapshot is of its epoch. */
  #confirmedAtMs = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;
  #isHintWaiting = false;
  #polling: Promise<void> | undefined;

  constructor(private readonly source: SnapshotSource) {
    this.#clock = new ClockCheck(source.clock);
    this.#outages = new OutageReport(source.logger);
    const { ownIssuer: own, keys } = source;
    this.#settings = { own, binders: new ArgumentBinders(), book: new SignatureBook(keys) };
    source.notifications.on(EPOCH_CHANNEL, () => this.#onHint());
  }

  /** Loads the first snapshot; throws when there is none to be had. */
  async start(): Promise<void> {
    // Every signature is new to this process: outside of the transaction that reads the records.
    await withTimeout(FIRST_TIMEOUT_MS, this.#settings.book.refresh(this.source.db));
    await this.#loadFirst();
    this.#polling = this.#poll();
  }

  // A busy machine may not make it within a transaction's time at once.
  async #loadFirst(attempts = 3): Promise<void> {
    try {
      await withTimeout(FIRST_TIMEOUT_MS, this.#readAndLoad());
    } catch (error) {
      if (attempts === 1 || !isDatabaseUnavailable(error)) throw error;
      await this.#loadFirst(attempts - 1);
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#polling;
  }

  /** The newest snapshot there is, however old; undefined before the first. */
  get newest(): GatewaySnapshot | undefined {
    return this.#loaded?.snapshot;
  }

  /** Tells of each new snapshot, as soon as it is there. */
  follow(follower: (snapshot: GatewaySnapshot) => void): void {
    this.#followers.add(follower);
  }

  /** Why nothing can be decided now; null when it can. */
  get notUsableBecause(): 'snapshot_unavailable' | 'clock_off' | null {
    const isFresh = performance.now() - this.#confirmedAtMs < LEASE_MS;
    if (this.#loaded === undefined || !isFresh) return 'snapshot_unavailable';
    return this.#clock.isTrue ? null : 'clock_off';
  }

  /** How far this process's clock is from the database's, in ms. */
  get clockSkewMs(): number {
    return this.#clock.skewMs ?? 0;
  }

  /** Fails closed with 503 while nothing can be decided. */
  assertUsable(): void {
    const reason = this.notUsableBecause;
    if (reason !== null) throw notUsable(reason);
  }

  /** The newest snapshot, of `epoch` or later. Fails closed with 503. */
  async atLeast(epoch: bigint): Promise<GatewaySnapshot> {
    // Of two reads the first may have begun before this epoch was committed.
    for (let reads = 0; reads <= 2; reads += 1) {
      this.assertUsable();
      const snapshot = this.newest;
      if (snapshot !== undefined && snapshot.epoch >= epoch) return snapshot;
      if (reads < 2) await this.#refresh().catch(() => undefined);
    }
    throw notUsable('snapshot_unavailable');
  }

  /**
   * The epoch that the database has now, for what is evaluated without being recorded under it: such a
   * list must not be older than its question. One indexed read; not for calls.
   */
  async epochNow(): Promise<bigint> {
    try {
      return await withTimeout(REFRESH_TIMEOUT_MS, readEpoch(this.source.db));
    } catch {
      // Within the lease the newest there is still serves, and after it nothing does.
      return 0n;
    }
  }

  // A read in progress may have begun before the commit that the hint announces.
  #onHint(): void {
    if (this.#refreshing !== undefined) this.#isHintWaiting = true;
    else this.#refresh().catch(() => undefined); // the poll says it
  }

  #refresh(): Promise<void> {
    const startedAtMs = performance.now();
    this.#refreshing ??= withTimeout(REFRESH_TIMEOUT_MS, this.#readAndLoad()).finally(() => {
      this.#refreshing = undefined;
      if (!this.#isHintWaiting) return;
      this.#isHintWaiting = false;
      // A stream of changes must not make a process do nothing but load; a call that needs the newest
      // asks for it by itself.
      const tookMs = performance.now() - startedAtMs;
      const pauseMs = Math.min(PAUSE_PER_LOAD * tookMs, LONGEST_PAUSE_MS);
      setTimeout(() => this.#onHint(), pauseMs).unref();
    });
    return this.#refreshing;
  }

  async #readAndLoad(): Promise<void> {
    const askedAtMs = performance.now();
    const { value: epoch, now } = await readEpochAndTime(this.source.db);
    this.#clock.take(now, askedAtMs, performance.now());
    if (this.newest === undefined || this.newest.epoch < epoch) {
      this.#keep(await loadSnapshot(this.source.db, this.#settings, this.#loaded));
    }
    this.#confirmedAtMs = Math.max(this.#confirmedAtMs, askedAtMs);
  }

  // One that was given up may still come in, later than its successor.
  #keep(loaded: LoadedSnapshot): void {
    const { snapshot } = loaded;
    if (this.newest !== undefined && this.newest.epoch >= snapshot.epoch) return;
    this.#loaded = loaded;
    this.#reported.report(snapshot.unverified, this.source.logger);
    for (const follower of this.#followers) follower(snapshot);
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await sleep(POLL_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#refresh();
        this.#outages.ofSnapshot(undefined);
        this.#outages.ofClock(this.#clock);
      } catch (error) {
        this.#outages.ofSnapshot(error);
      }
    }
  }
}

const SENTENCES = {
  snapshot_unavailable: 'The gateway cannot reach its database, so it cannot decide.',
  clock_off: "The gateway's clock is wrong, so it cannot decide.",
};

const notUsable = (reason: keyof typeof SENTENCES): CallError =>
  new CallError('unavailable', `${SENTENCES[reason]} Try again in a moment.`, { reason });
