import { setTimeout as sleep } from 'node:timers/promises';
import { readEpoch, type Database } from '#libs/db';
import { asDomainError } from '#libs/http';
import type { Logger } from '#libs/telemetry';
import { CallFailure } from '../failure.js';
import { ArgumentBinders } from './argument-binders.js';
import { EpochListener } from './epoch-listener.js';
import type { GatewaySnapshot } from './gateway-snapshot.js';
import { loadSnapshot } from './load-snapshot.js';
import { within } from './within.js';

const POLL_EVERY_MS = 1_000;
const LEASE_MS = 5_000;
const REFRESH_TIMEOUT_MS = 4_000;

/** Where the snapshots come from. */
export interface SnapshotSource {
  readonly db: Database;
  /** For LISTEN, which needs a connection of its own. */
  readonly databaseUrl: string;
  readonly logger: Logger;
}

/**
 * Holds the newest snapshot. A notification is a hint and a poll each second the truth; without either
 * for 5 s the snapshot may no longer be used (invariant I4). Calls in flight keep the one they have.
 */
export class SnapshotHolder {
  readonly #binders = new ArgumentBinders();
  readonly #stopping = new AbortController();
  readonly #listener: EpochListener;
  #snapshot: GatewaySnapshot | undefined;
  /** When the database last confirmed that the snapshot is of its epoch. */
  #confirmedAtMs = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;
  #polling: Promise<void> | undefined;
  #isLost = false;

  constructor(private readonly source: SnapshotSource) {
    this.#listener = new EpochListener(source.databaseUrl, source.logger, () => {
      this.#refresh().catch(() => undefined); // the poll says it
    });
  }

  /** Loads the first snapshot; throws when there is none to be had. */
  async start(): Promise<void> {
    await this.#refresh();
    this.#polling = this.#poll();
    this.#listener.start();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#listener.stop();
    await this.#polling;
  }

  /** Whether calls can be decided now. */
  get isUsable(): boolean {
    return this.#snapshot !== undefined && performance.now() - this.#confirmedAtMs < LEASE_MS;
  }

  /** The newest snapshot, of `epoch` or later. Fails closed with 503. */
  async atLeast(epoch: bigint): Promise<GatewaySnapshot> {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const snapshot = this.#snapshot;
      if (snapshot !== undefined && this.isUsable && snapshot.epoch >= epoch) return snapshot;
      // The first may join a read that began before this epoch was committed.
      if (this.isUsable) await this.#refresh().catch(() => undefined);
    }
    throw new CallFailure(
      'unavailable',
      'The gateway cannot reach its database, so it cannot decide. Try again in a moment.',
      { reason: 'snapshot_unavailable' },
    );
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= within(REFRESH_TIMEOUT_MS, this.#readAndLoad()).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #readAndLoad(): Promise<void> {
    const askedAtMs = performance.now();
    const epoch = await readEpoch(this.source.db);
    if (this.#snapshot === undefined || this.#snapshot.epoch < epoch)
      this.#keep(await loadSnapshot(this.source.db, this.#binders));
    this.#confirmedAtMs = Math.max(this.#confirmedAtMs, askedAtMs);
  }

  // One that was given up may still come in, later than its successor.
  #keep(snapshot: GatewaySnapshot): void {
    if (this.#snapshot === undefined || this.#snapshot.epoch < snapshot.epoch)
      this.#snapshot = snapshot;
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await sleep(POLL_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#refresh();
        this.#tell(undefined);
      } catch (error) {
        this.#tell(error);
      }
    }
  }

  // Once for each outage: a line a second would bury everything else.
  #tell(error: unknown): void {
    const isLost = error !== undefined;
    if (isLost === this.#isLost) return;
    this.#isLost = isLost;
    const { logger } = this.source;
    if (!isLost) logger.info('the snapshot is confirmed again');
    else if (asDomainError(error)?.code === 'unavailable')
      logger.warn('the database cannot be reached: 5 s from now no call can be decided');
    else
      logger.error({ err: error }, 'no snapshot can be made: 5 s from now no call can be decided');
  }
}
