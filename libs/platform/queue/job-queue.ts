import { setTimeout as sleep } from 'node:timers/promises';
import { isJobName, JOBS, type JobName, type JobPayload } from './jobs.js';
import { keepSchedule } from './keep-schedule.js';
import { openQueue, type OpenQueue, type QueueLocation } from './queue-backend.js';
import type { Schedule } from './schedules.js';

/** A job on its way to the queue; `id` makes a repeat harmless. */
export interface QueuedJob {
  id: string;
  queue: string;
  name: string;
  payload: unknown;
}

const ANSWER_MS = 3_000;
// Finished jobs are kept for a while, so that a repeat of the relay finds them and adds nothing.
const KEEP_SECONDS = 24 * 3600;
const KEEP_COUNT = 10_000;

const optionsOf = ({ id, name }: QueuedJob) => ({
  jobId: id,
  removeOnComplete: { age: KEEP_SECONDS, count: KEEP_COUNT },
  removeOnFail: { age: 7 * KEEP_SECONDS, count: KEEP_COUNT },
  // A name that only a newer version knows is passed on; that version's worker tries it by its rules.
  ...(isJobName(name)
    ? {
        attempts: JOBS[name].attempts,
        backoff: { type: 'exponential', delay: JOBS[name].backoffMs },
      }
    : {}),
});

/** Puts jobs on their queues. Commands do not use it: they write to the outbox. */
export class JobQueue {
  readonly #queues = new Map<string, OpenQueue>();

  constructor(
    private readonly location: QueueLocation,
    private readonly onError: (error: Error) => void,
  ) {}

  /** Adds a job now, by name; for schedules and tests. */
  async add<N extends JobName>(name: N, payload: JobPayload<N>, id: string): Promise<void> {
    await this.addAll([{ id, queue: JOBS[name].queue, name, payload }]);
  }

  /** Adds these jobs; one whose id is on the queue already is left as it is. */
  async addAll(jobs: readonly QueuedJob[]): Promise<void> {
    const byQueue = Map.groupBy(jobs, (job) => job.queue);
    for (const [name, group] of byQueue) {
      await this.#queue(name).addBulk(
        group.map((job) => ({ name: job.name, data: job.payload, opts: optionsOf(job) })),
      );
    }
  }

  /** Throws while the queue cannot be reached, whatever is to be put on it. */
  async assertAvailable(): Promise<void> {
    const asked = this.#queue(JOBS['tokens.purge'].queue).getJob('none');
    const isInTime = await Promise.race([
      asked.then(() => true),
      sleep(ANSWER_MS, false, { ref: false }),
    ]);
    if (!isInTime) throw new Error('The queue does not answer.');
  }

  /**
   * Sees to it that these schedules are on their queues. Each worker says it again and again: what is there
   * is read and left running as it is; what a flush removed, or a new version changed, is put there.
   */
  async keepSchedules(schedules: readonly Schedule[]): Promise<void> {
    for (const schedule of schedules) {
      await keepSchedule(this.#queue(JOBS[schedule.job].queue), this.location, schedule);
    }
  }

  /** Lets go of the connections. */
  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    this.#queues.clear();
  }

  #queue(name: string): OpenQueue {
    const known = this.#queues.get(name);
    if (known !== undefined) return known;
    const queue = openQueue(name, this.location);
    queue.on('error', this.onError);
    this.#queues.set(name, queue);
    return queue;
  }
}
