import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { ScimError } from '../errors.js';

const MAX_WAITING = 24;
const MAX_WAIT_MS = 30_000;
const RETRY_AFTER_SECONDS = 5;

/**
 * Where bulk requests run: one at a time, on a database connection of their own, so that they leave every
 * other request of the control plane its connections (invariant S6). More than a few that wait are turned
 * away.
 */
@Injectable()
export class BulkQueue implements OnModuleDestroy {
  readonly #db: Database;
  readonly #runtime: CommandRuntime;
  readonly #waiting = new Set<(isTurn: boolean) => void>();
  #isTaken = false;

  constructor(runtime: CommandRuntime, @Inject(CONFIG) config: Pick<Config, 'databaseUrl'>) {
    this.#db = new Database(config.databaseUrl, { poolSize: 1 });
    this.#runtime = runtime.on(this.#db);
  }

  /** Runs this request when it is its turn. @throws ScimError 429 when too many wait, or it waited too long */
  async run<T>(work: (runtime: CommandRuntime) => Promise<T>): Promise<T> {
    await this.#turn();
    try {
      return await work(this.#runtime);
    } finally {
      this.#next();
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.#db.$disconnect();
  }

  async #turn(): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      return;
    }
    if (this.#waiting.size >= MAX_WAITING) throw busy();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.add(resolve);
    const late = setTimeout(() => {
      this.#waiting.delete(resolve);
      resolve(false);
    }, MAX_WAIT_MS);
    const isTurn = await promise;
    clearTimeout(late);
    if (!isTurn) throw busy();
  }

  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) {
      this.#isTaken = false;
      return;
    }
    this.#waiting.delete(first);
    first(true);
  }
}

/** Nothing was begun: to be sent again. */
export const busy = (): ScimError =>
  new ScimError(
    'rate_limited',
    'Other bulk requests are in progress; nothing of this one was done. Send it again in a moment.',
    { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } },
  );
