import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { ScimError } from '../errors.js';

const MAX_WAITING = 24;
// Of one connection: it must not have the others turned away.
const MAX_WAITING_EACH = 16;
const MAX_WAIT_MS = 30_000;
const RETRY_AFTER_SECONDS = 5;

interface Waiting {
  readonly connectionId: string;
  readonly take: (isTurn: boolean) => void;
}

/**
 * Where bulk requests run: one at a time, on a database connection of their own, so that they leave every
 * other request of the control plane its connections (invariant S6). SCIM connections take turns, and more
 * than a few that wait are turned away.
 */
@Injectable()
export class BulkQueue implements OnModuleDestroy {
  readonly #db: Database;
  readonly #runtime: CommandRuntime;
  readonly #waiting = new Set<Waiting>();
  #isTaken = false;
  #last = '';

  constructor(runtime: CommandRuntime, @Inject(CONFIG) config: Pick<Config, 'databaseUrl'>) {
    this.#db = new Database(config.databaseUrl, { poolSize: 1 });
    this.#runtime = runtime.on(this.#db);
  }

  /** Runs this request when it is its turn. @throws ScimError 429 when too many wait, or it waited too long */
  async run<T>(connectionId: string, work: (runtime: CommandRuntime) => Promise<T>): Promise<T> {
    await this.#turn(connectionId);
    this.#last = connectionId;
    try {
      return await work(this.#runtime);
    } finally {
      this.#next();
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.#db.$disconnect();
  }

  async #turn(connectionId: string): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      return;
    }
    const own = [...this.#waiting].filter((one) => one.connectionId === connectionId);
    if (own.length >= MAX_WAITING_EACH || this.#waiting.size >= MAX_WAITING) throw busy();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiting: Waiting = { connectionId, take: resolve };
    this.#waiting.add(waiting);
    const late = setTimeout(() => {
      this.#waiting.delete(waiting);
      resolve(false);
    }, MAX_WAIT_MS);
    const isTurn = await promise;
    clearTimeout(late);
    if (!isTurn) throw busy();
  }

  #next(): void {
    const waiting = [...this.#waiting];
    const next = waiting.find((one) => one.connectionId !== this.#last) ?? waiting[0];
    if (next === undefined) {
      this.#isTaken = false;
      return;
    }
    this.#waiting.delete(next);
    next.take(true);
  }
}

/** Nothing was begun: to be sent again. */
export const busy = (): ScimError =>
  new ScimError(
    'rate_limited',
    'Other bulk requests are in progress; nothing of this one was done. Send it again in a moment.',
    { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } },
  );
