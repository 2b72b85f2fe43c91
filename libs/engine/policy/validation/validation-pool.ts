import { availableParallelism } from 'node:os';
import { DomainError } from '#libs/platform/kernel';
import { ValidationThread, type ValidationLimits } from './validation-thread.js';
import type { ValidationTask } from './validation-tasks.js';

const LIMITS: ValidationLimits = { cpuMs: 2_000, elapsedMs: 60_000, memoryMb: 256 };
// One core is left to everything else.
const MAX_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
const MAX_WAITING = 64;

interface Job {
  readonly task: ValidationTask;
  readonly input: unknown;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Threads for what people and upstreams wrote: whatever a text costs, the event loop does not pay it
 * (invariant P13). Tasks wait in order; a thread that exceeds its limits ends with its task, and another
 * takes its place when one is needed.
 */
export class ValidationPool {
  readonly #idle: ValidationThread[] = [];
  readonly #waiting: Job[] = [];
  #busy = 0;
  readonly #limits: ValidationLimits;
  readonly #maxThreads: number;
  readonly #maxWaiting: number;

  constructor({ limits = LIMITS, maxThreads = MAX_THREADS, maxWaiting = MAX_WAITING } = {}) {
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
    const thread = new ValidationThread(this.#limits);
    this.#idle.push(thread);
    await thread.load();
  }

  /** Throws `ValidationTooLongError` when the task exceeds its limits, `unavailable` when too many wait. */
  async run(task: ValidationTask, input: unknown): Promise<unknown> {
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
    const thread = this.#idle.pop() ?? new ValidationThread(this.#limits);
    void thread
      .run(job.task, job.input)
      .then(job.resolve, job.reject)
      .finally(() => {
        this.#busy -= 1;
        // Where one was ended, the next begins to load at once, not when it is waited for.
        this.#idle.push(thread.isEnded ? new ValidationThread(this.#limits) : thread);
        this.#next();
      });
  }
}
