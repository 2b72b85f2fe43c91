// oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { TaskTooLongError } from './errors.js';

/** What one task may cost. */
export interface TaskLimits {
  readonly cpuMs: number;
  /** For a thread that gets no CPU. */
  readonly elapsedMs: number;
  readonly memoryMb: number;
}

const LOOK_EVERY_MS = 50;

type Answer = { readonly output: unknown } | { readonly error: string };

/** One thread, which is ended when a task exceeds its limits. */
export class TaskThread {
  readonly #limits: TaskLimits;
  readonly #worker: Worker;
  readonly #ready: Promise<unknown>;
  /** How many wait for it: only then does it keep the process alive. */
  #waiting = 0;
  isEnded = false;

  constructor(file: URL, limits: TaskLimits) {
    this.#limits = limits;
    this.#worker = new Worker(file, {
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    });
    this.#ready = once(this.#worker, 'message');
    // A thread that cannot start fails its first task.
    this.#ready.catch(() => undefined);
    const ended = () => (this.isEnded = true);
    this.#worker.on('error', ended).on('exit', ended);
    this.#worker.unref();
  }

  /** Resolves when it has loaded its file, which is no task's cost. */
  async load(): Promise<void> {
    await this.#awaited(() => this.#ready);
  }

  /** Throws `TaskTooLongError` when the task exceeds its limits. */
  run(task: string, input: unknown): Promise<unknown> {
    return this.#awaited(async () => {
      await this.#ready;
      return this.#answer(task, input);
    });
  }

  async #awaited<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    this.#worker.ref();
    try {
      return await work();
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#worker.unref();
    }
  }

  async #answer(task: string, input: unknown): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const ended = () => reject(tooLong());
    this.#worker.once('message', resolve).once('error', ended).once('exit', ended);
    const stopWatching = this.#watch(ended);
    try {
      this.#worker.postMessage({ task, input });
      const answer = await promise;
      if ('error' in answer) throw new Error(`A task failed: ${answer.error}`);
      return answer.output;
    } finally {
      stopWatching();
      this.#worker.off('message', resolve).off('error', ended).off('exit', ended);
    }
  }

  /** Ends the thread, and with it the task, once it has cost too much. */
  #watch(ended: () => void): () => void {
    const startedAt = performance.now();
    let cpuAtStart: number | undefined;
    const end = (): void => {
      this.isEnded = true;
      ended();
      void this.#worker.terminate();
    };
    const look = async (): Promise<void> => {
      const { user, system } = await this.#worker.cpuUsage();
      const cpuMs = (user + system) / 1000;
      cpuAtStart ??= cpuMs;
      if (cpuMs - cpuAtStart > this.#limits.cpuMs) end();
    };
    const timer = setInterval(() => {
      if (performance.now() - startedAt > this.#limits.elapsedMs) end();
      // It fails once the thread has ended, which says itself that it has.
      else look().catch(() => undefined);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }
}

const tooLong = (): TaskTooLongError => new TaskTooLongError('the task took too long');
