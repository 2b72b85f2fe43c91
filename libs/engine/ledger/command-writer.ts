import { Prisma, transaction, type Database, type Tx } from '#libs/platform/db';
import { systemClock } from '#libs/platform/kernel';
import { appendValues } from './append-statement.js';
import { ChainHolder } from './chain-holder.js';
import type { Chain, LedgerLink } from './chain.js';
import type { CommandEntryInput } from './entry-inputs.js';
import type { EntryPosition } from './entry.js';
import { positionsOf, type LinkedBatch } from './link-entries.js';
import { commitUnknown, unavailable } from './errors.js';
import { Mutex } from './mutex.js';
import { prepareEntry } from './prepare-entry.js';

interface LastWork {
  /** What blocks others is done here: when the chain's lease is held, right before the append. */
  beforeAppend?: ((tx: Tx) => Promise<void>) | undefined;
}

/** What a command's work answers: its result, and the entry that says what it did. */
export interface CommandWork<Result, Name extends string> extends LastWork {
  result: Result;
  entry: CommandEntryInput<Name>;
}

/** What several commands in one transaction answer: the result, and an entry of each, in order. */
export interface CommandsWork<Result, Name extends string> extends LastWork {
  result: Result;
  entries: readonly CommandEntryInput<Name>[];
}

/**
 * Commits commands: each change and its entry in one transaction, the entry last. `Name` is the closed
 * union of command names, given as a list so that it is held at run time too.
 */
export class CommandWriter<Name extends string = string> {
  readonly #holder: ChainHolder;
  readonly #mutex = new Mutex();
  readonly #names: ReadonlySet<string>;

  constructor(
    private readonly link: LedgerLink,
    names: readonly Name[],
  ) {
    this.#holder = new ChainHolder(link, 'commands');
    this.#names = new Set(names);
  }

  /** Opens the chain, so that the first command does not wait for it. */
  async start(): Promise<void> {
    await this.#holder.current();
  }

  /**
   * Runs `work` in one READ COMMITTED transaction and appends its entry as the last statement. What `work`
   * throws rolls everything back and is thrown on; 'unavailable' means that nothing was changed, or that
   * the commit's result is unknown and the message says so.
   */
  async commit<Result>(
    db: Database,
    work: (tx: Tx) => Promise<CommandWork<Result, Name>>,
    options: { timeoutMs?: number } = {},
  ): Promise<{ result: Result; position: EntryPosition }> {
    const one = async (tx: Tx) => {
      const { result, entry, beforeAppend } = await work(tx);
      return { result, entries: [entry], beforeAppend };
    };
    const { result, positions } = await this.commitAll(db, one, options);
    const [position] = positions;
    if (position === undefined) throw unavailable();
    return { result, position };
  }

  /** The same for work that is several commands at once: all of their entries, or none. */
  async commitAll<Result>(
    db: Database,
    work: (tx: Tx) => Promise<CommandsWork<Result, Name>>,
    options: { timeoutMs?: number } = {},
  ): Promise<{ result: Result; positions: EntryPosition[] }> {
    const lease = new Lease(this.#mutex);
    try {
      const result = await transaction(
        db,
        async (tx) => {
          lease.started = true;
          const done = await work(tx);
          const clock = this.link.clock ?? systemClock;
          const prepared = done.entries.map((entry) => prepareEntry(entry, clock, this.#names));
          await lease.begin();
          lease.chain = await this.#holder.current();
          await done.beforeAppend?.(tx);
          const batch = lease.chain.linkEntries(prepared);
          await appendLast(tx, batch, lease.chain);
          lease.batch = batch;
          return done.result;
        },
        options,
      );
      return { result, positions: lease.committed() };
    } catch (error) {
      if (!lease.started) throw unavailable(error);
      if (!lease.batch) throw error;
      // The append went through and the transaction did not answer: it may have been committed.
      lease.chain?.abandon(error, lease.batch);
      throw commitUnknown(error);
    } finally {
      lease.end();
    }
  }

  /** Closes the chain after the commands in progress. */
  async stop(): Promise<void> {
    const release = await this.#mutex.acquire();
    try {
      await this.#holder.stop();
    } finally {
      release();
    }
  }
}

/** One command's lease of the chain: from just before its append until its transaction has ended. */
class Lease {
  started = false;
  chain: Chain | undefined;
  batch: LinkedBatch | undefined;
  #release: (() => void) | undefined;
  #ended = false;

  constructor(private readonly mutex: Mutex) {}

  async begin(): Promise<void> {
    const release = await this.mutex.acquire();
    // The transaction ended while this waited: the lease goes to the next one.
    if (this.#ended) release();
    else this.#release = release;
  }

  committed(): EntryPosition[] {
    if (!this.chain || !this.batch) throw unavailable();
    this.chain.advance(this.batch);
    return positionsOf(this.batch);
  }

  end(): void {
    this.#ended = true;
    this.#release?.();
  }
}

// The lock timeout is set in the WHERE clause because that is evaluated before the append.
const appendLast = async (tx: Tx, batch: LinkedBatch, chain: Chain): Promise<void> => {
  const values = appendValues(batch, null);
  const casts = APPEND_CASTS.map((cast, i) => Prisma.sql`${values[i]}::${Prisma.raw(cast)}`);
  try {
    await tx.$queryRaw`SELECT ledger_append(${Prisma.join(casts)})
      WHERE set_config('lock_timeout', '5000', true) IS NOT NULL`;
  } catch (error) {
    if (/GH001|23505/.test(sqlStateOf(error))) chain.abandon(error);
    throw unavailable(error);
  }
};

const APPEND_CASTS = [
  'bigint',
  'uuid',
  'bigint',
  'bytea',
  'bytea[]',
  'uuid[]',
  'text[]',
  'timestamptz[]',
  'text[]',
  'text[]',
  'text[]',
  'text[]',
  'uuid[]',
  'jsonb[]',
  'uuid[]',
  'text[]',
  'bytea[]',
  'text[]',
] as const;

const sqlStateOf = (error: unknown): string =>
  error instanceof Prisma.PrismaClientKnownRequestError ? JSON.stringify(error.meta ?? {}) : '';
