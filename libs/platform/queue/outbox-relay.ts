import { transaction, type Database, type Tx } from '#libs/platform/db';
import type { JobQueue, QueuedJob } from './job-queue.js';

const BATCH_SIZE = 100;
const INTERVAL_MS = 500;
const CLEAN_EVERY_MS = 60_000;
// Longer than finished jobs are remembered would be useless; shorter would lose the trace of a fault.
const KEEP_DISPATCHED_HOURS = 24;

/**
 * Moves follow-ups from the outbox to the queue: claimed in order under a row lock, so replicas share
 * the work, and queued under the row's own id, so dying in between repeats a job but never loses one.
 */
export class OutboxRelay {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #stopped = true;
  #cleanedAt = 0;

  constructor(
    private readonly db: Database,
    private readonly queue: Pick<JobQueue, 'addAll'>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Looks for follow-ups twice a second until {@link stop}. */
  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#schedule(0);
  }

  /** Ends after the current round. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  /** Moves what is waiting now; answers how many. */
  async relayOnce(): Promise<number> {
    let moved = 0;
    for (;;) {
      const batch = await this.#relayBatch();
      moved += batch;
      if (batch < BATCH_SIZE || this.#stopped) return moved;
    }
  }

  /** Deletes what was dispatched more than a day ago; answers how many rows. */
  deleteDispatched(): Promise<number> {
    return this.db.$executeRaw`
      DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox
        WHERE dispatched_at < now() - make_interval(hours => ${KEEP_DISPATCHED_HOURS}::int)
        ORDER BY dispatched_at LIMIT 10000)`;
  }

  #schedule(delayMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#runRound().finally(() => this.#schedule(INTERVAL_MS));
    }, delayMs);
  }

  async #runRound(): Promise<void> {
    try {
      await this.relayOnce();
      if (Date.now() - this.#cleanedAt > CLEAN_EVERY_MS) {
        await this.deleteDispatched();
        this.#cleanedAt = Date.now();
      }
    } catch (error) {
      // The queue or the database is away: the rows are still there at the next round.
      this.onError(error);
    }
  }

  #relayBatch(): Promise<number> {
    return transaction(this.db, async (tx) => {
      const jobs = await claim(tx);
      if (jobs.length === 0) return 0;
      await this.queue.addAll(jobs);
      await tx.$executeRaw`
        UPDATE outbox SET dispatched_at = now() WHERE id = ANY(${jobs.map((job) => job.id)}::uuid[])`;
      return jobs.length;
    });
  }
}

const claim = (tx: Tx): Promise<QueuedJob[]> => tx.$queryRaw<QueuedJob[]>`
  SELECT id, queue, name, payload FROM outbox
  WHERE dispatched_at IS NULL ORDER BY id LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED`;
