import { lifeOf } from './process-table.js';
import { end, type RunningServer } from './server.js';

const LOOK_MS = 200;
const RETRY_MS = 1_000;

/** What a supervisor needs to keep a server running. */
export interface Supervision {
  dataDir: string;
  /** Starts the server again, where its clients look for it. */
  restart: (signal: AbortSignal) => Promise<RunningServer>;
  /** False once the home is somebody else's, whose server it then is. */
  isOurs: () => boolean;
  log: (message: string) => void;
}

/** Starts the database server again when it ends while it is needed: killed, out of memory, crashed. */
export class Supervisor {
  readonly #stopping = new AbortController();
  readonly #watching: Promise<void>;
  #server: RunningServer;
  #lives: () => boolean;
  #stopped: Promise<void> | undefined;

  constructor(
    server: RunningServer,
    private readonly supervision: Supervision,
  ) {
    this.#server = server;
    this.#lives = lifeOf(server.pid);
    this.#watching = this.#watch();
  }

  get pid(): number {
    return this.#server.pid;
  }

  /** Ends the server for good; idempotent. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  async #stop(): Promise<void> {
    this.#stopping.abort(new Error('The database server is being stopped.'));
    await this.#watching;
    await end(this.pid, this.supervision.dataDir);
  }

  async #watch(): Promise<void> {
    const { isOurs } = this.supervision;
    while (!this.#stopping.signal.aborted) {
      await this.#pause(LOOK_MS);
      if (this.#stopping.signal.aborted || this.#lives()) continue;
      if (!isOurs()) return;
      await this.#restart();
    }
  }

  async #restart(): Promise<void> {
    const { restart, log } = this.supervision;
    const { signal } = this.#stopping;
    log(`the database server (process ${this.pid}) ended by itself; starting it again`);
    let said = '';
    while (!signal.aborted) {
      try {
        this.#server = await restart(signal);
        this.#lives = lifeOf(this.pid);
        return log(`the database server is back (process ${this.pid})`);
      } catch (error) {
        const { message } = error as Error;
        if (!signal.aborted && message !== said) log(message);
        said = message;
        await this.#pause(RETRY_MS);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stopping;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      // What is supervised must not keep the process running.
      timer.unref();
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}
