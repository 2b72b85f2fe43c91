import { availableParallelism } from 'node:os';
import { DomainError } from '#libs/platform/kernel';
import { TaskThread, type TaskLimits } from './task-thread.js';

const LIMITS: TaskLimits = { cpuMs: 2_000, elapsedMs: 60_000, memoryMb: 256 };
// One core is left to everything else.
const MAX_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
const MAX_WAITING = 64;

interface Job {
  readonly task: string;
  readonly input: unknown;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Threads for what people and upstreams wrote: whatever a text costs, the event loop does not pay it
 * (invariant P13). Tasks wait in order; a thread that exceeds its limits ends with its task, and another
 * takes its place when one is needed.
 */
export class ThreadPool {
  readonly #idle: TaskThread[] = [];
  readonly #waiting: Job[] = [];
  #busy = 0;
  readonly #file: URL;
  readonly #limits: TaskLimits;
  readonly #maxThreads: number;
  readonly #maxWaiting: number;

  /** `file` is what each thread runs: it serves its tasks by `serveTasks`. */
  constructor(
    file: URL,
    { limits = LIMITS, maxThreads = MAX_THREADS, maxWaiting = MAX_WAITING } = {},
  ) {
    this.#file = file;
    this.#limits = limits;
    this.#maxThreads = maxThreads;
    this.#maxWaiting = maxWaiting;
  }

  /** How many threads wait for something to do. */
  get idleThreads(): number {
    return this.#idle.length;
  }

  /** Has a thread load its files, which takes far longer than most tasks. */
  async start(): Promise<void> {
    if (this.#idle.length > 0 || this.#busy > 0) return;
    const thread = new TaskThread(this.#file, this.#limits);
    this.#idle.push(thread);
    await thread.load();
  }

  /** Throws `TaskTooLongError` when the task exceeds its limits, `unavailable` when too many wait. */
  async run(task: string, input: unknown): Promise<unknown> {
    if (this.#waiting.length >= this.#maxWaiting) {
      const message = 'Too many texts are being checked at the moment; try again in a minute.';
      throw new DomainError('unavailable', message);
    }
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.push({ task, input, resolve, reject });
    this.#next();
    return promise;
  }

  #next(): void {
    if (this.#busy >= this.#maxThreads) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#busy += 1;
    const thread = this.#idle.pop() ?? new TaskThread(this.#file, this.#limits);
    void thread
      .run(job.task, job.input)
      .then(job.resolve, job.reject)
      .finally(() => {
        this.#busy -= 1;
        // Where one was ended, the next begins to load at once, not when it is waited for.
        this.#idle.push(thread.isEnded ? new TaskThread(this.#file, this.#limits) : thread);
        this.#next();
      });
  }
}
