import { transaction, type Database, type Tx } from '#libs/platform/db';
import { counter } from '#libs/platform/telemetry';
import type { JobQueue, QueuedJob } from './job-queue.js';
import { isJobName } from './jobs.js';

const BATCH_SIZE = 100;
const INTERVAL_MS = 500;
const CLEAN_EVERY_MS = 60_000;
const SINGLY_MS = 2_000;
// Longer than finished jobs are remembered would be useless; shorter would lose the trace of a fault.
const KEEP_DISPATCHED_HOURS = 24;

/** How often a follow-up that the queue rejects is tried; the pause doubles with each attempt. */
export interface RelayLimits {
  readonly maxAttempts: number;
  readonly firstPauseMs: number;
}

// Four minutes in all.
const LIMITS: RelayLimits = { maxAttempts: 9, firstPauseMs: 1_000 };

interface Added {
  readonly added: readonly string[];
  readonly rejected: readonly { readonly job: QueuedJob; readonly error: unknown }[];
}

const deadLetters = counter('outbox_dead_letters', 'Follow-ups that cannot be queued.', ['job']);

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
    private readonly queue: Pick<JobQueue, 'addAll' | 'assertAvailable'>,
    private readonly onError: (error: unknown) => void,
    private readonly limits: RelayLimits = LIMITS,
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
      const { added, rejected } = await this.#addAll(jobs);
      await tx.$executeRaw`
        UPDATE outbox SET dispatched_at = now() WHERE id = ANY(${added}::uuid[])`;
      for (const { job, error } of rejected) await this.#postpone(tx, job, error);
      return jobs.length;
    });
  }

  /** Queues them, and tells what the queue rejected. Throws while the queue is away. */
  async #addAll(jobs: readonly QueuedJob[]): Promise<Added> {
    try {
      await this.queue.addAll(jobs);
      return { added: jobs.map(({ id }) => id), rejected: [] };
    } catch {
      // One that cannot be queued must not stop the others, and an outage is nobody's fault.
      await this.queue.assertAvailable();
    }
    const singly = await this.#addSingly(jobs);
    if (singly.rejected.length > 0) await this.queue.assertAvailable();
    return singly;
  }

  /** One by one, as many as there is time for: the transaction must end. */
  async #addSingly(jobs: readonly QueuedJob[]): Promise<Added> {
    const deadline = Date.now() + SINGLY_MS;
    const added: string[] = [];
    const rejected: { job: QueuedJob; error: unknown }[] = [];
    for (const job of jobs) {
      if (Date.now() > deadline) break;
      await this.queue.addAll([job]).then(
        () => added.push(job.id),
        (error: unknown) => rejected.push({ job, error }),
      );
    }
    return { added, rejected };
  }

  async #postpone(tx: Tx, { id, name }: QueuedJob, error: unknown): Promise<void> {
    const { maxAttempts, firstPauseMs } = this.limits;
    const [row] = await tx.$queryRaw<{ failed: boolean }[]>`
      UPDATE outbox SET attempts = attempts + 1, last_error = ${messageOf(error)},
        next_attempt_at = now() + make_interval(secs => ${firstPauseMs / 1_000}::float8 * 2 ^ attempts),
        failed_at = CASE WHEN attempts + 1 >= ${maxAttempts}::int THEN now() END
      WHERE id = ${id}::uuid RETURNING failed_at IS NOT NULL AS failed`;
    if (row?.failed !== true) return;
    deadLetters.inc({ job: isJobName(name) ? name : 'other' });
    this.onError(new Error(`the follow-up ${id} (${name}) is a dead letter`, { cause: error }));
  }
}

const MAX_ERROR_LENGTH = 1_000;

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replaceAll('\0', '')
    .slice(0, MAX_ERROR_LENGTH)
    .toWellFormed();

// Those that were rejected before come last.
const claim = (tx: Tx): Promise<QueuedJob[]> => tx.$queryRaw<QueuedJob[]>`
  SELECT id, queue, name, payload FROM outbox
  WHERE dispatched_at IS NULL AND failed_at IS NULL
    AND (next_attempt_at IS NULL OR next_attempt_at <= now())
  ORDER BY attempts, id LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED`;
