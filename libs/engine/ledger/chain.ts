import { hostname } from 'node:os';
import { newId, systemActor, systemClock, type Clock } from '#libs/platform/kernel';
import { APPEND_SQL, appendValues } from './append-statement.js';
import type { ChainPurpose, CloseReason, Writer } from './catalogue.js';
import { ChainConnection } from './chain-connection.js';
import { StatementError, unavailable } from './errors.js';
import type { SystemEntryInput } from './entry-inputs.js';
import { NO_PREV, type EntryPosition } from './entry.js';
import { linkEntries, positionsOf, type ChainHead, type LinkedBatch } from './link-entries.js';
import { prepareEntry, type PreparedEntry } from './prepare-entry.js';

/** Who writes and where: shared by every writer of one process. */
export interface LedgerLink {
  /** A direct connection (no transaction pooler) as the application's role. */
  url: string;
  writer: Writer;
  /** One id per start of the process. */
  boot: string;
  clock?: Clock;
  /** How long PostgreSQL may take over one append; 5,000 when absent. */
  statementTimeoutMs?: number;
}

/** What came of an append: rejected as a whole when the epoch had moved. */
export type AppendResult =
  { committed: true; positions: EntryPosition[] } | { committed: false; epoch: bigint };

// A row already in the next place, or a close of this chain, was not written by us: give the chain up.
const TAKEN_OVER = new Set(['23505', 'GH001']);

/**
 * One chain of entries. It lives as long as its connection, which holds the chain's lock; `seq` moves
 * only when a commit is known. Not for concurrent use: its holder lets one append in at a time.
 */
export class Chain {
  #head: ChainHead = { seq: 0, hash: NO_PREV };
  #inDoubt: LinkedBatch | undefined;
  #abandoned = false;

  private constructor(
    readonly id: string,
    readonly purpose: ChainPurpose,
    readonly connection: ChainConnection,
    private readonly link: LedgerLink,
  ) {}

  static async open(link: LedgerLink, purpose: ChainPurpose): Promise<Chain> {
    const name = `gatehouse ledger ${purpose}`;
    const connection = await ChainConnection.open(link.url, name, link.statementTimeoutMs ?? 5000);
    const chain = new Chain(newId(), purpose, connection, link);
    try {
      await connection.query('SELECT pg_advisory_lock(ledger_life_lock($1::uuid))', [chain.id]);
      await chain.append([chain.#opened()]);
      return chain;
    } catch (error) {
      connection.destroy(error);
      throw error;
    }
  }

  /** True when no more may be appended: the connection is lost or a commit has no known result. */
  get isDead(): boolean {
    return this.#abandoned || this.connection.isLost;
  }

  get head(): ChainHead {
    return this.#head;
  }

  /** The batch whose commit has no known result, if that is how the chain ended. */
  get inDoubt(): LinkedBatch | undefined {
    return this.#inDoubt;
  }

  /** Makes an entry of this chain's own process. */
  prepare(input: SystemEntryInput | Parameters<typeof prepareEntry>[0]): PreparedEntry {
    return prepareEntry(input, this.link.clock ?? systemClock);
  }

  linkEntries(entries: readonly PreparedEntry[]): LinkedBatch {
    if (this.isDead) throw unavailable();
    return linkEntries(this.id, this.#head, entries);
  }

  /** To be called when the batch's commit is known. */
  advance(batch: LinkedBatch): void {
    this.#head = batch.after;
  }

  /** Appends in one round trip and one commit; with an epoch, only if that is still the epoch. */
  async append(
    entries: readonly PreparedEntry[],
    epoch: bigint | null = null,
  ): Promise<AppendResult> {
    const batch = this.linkEntries(entries);
    try {
      const seen = await this.#run(batch, epoch);
      if (seen !== epoch && seen !== null) return { committed: false, epoch: seen };
    } catch (error) {
      this.#evaluate(error, batch);
      throw unavailable(error);
    }
    this.advance(batch);
    return { committed: true, positions: positionsOf(batch) };
  }

  /**
   * Appends what `choose` finds, in the same transaction as its look-ups; nothing when it finds
   * nothing. If PostgreSQL rejects those entries it appends `instead`. Answers how many entries were written.
   */
  async appendFound(
    choose: () => Promise<readonly PreparedEntry[]>,
    instead: readonly PreparedEntry[] = [],
  ): Promise<number> {
    let batch: LinkedBatch | undefined;
    try {
      await this.connection.query('BEGIN');
      const entries = await choose();
      if (entries.length > 0) batch = await this.#runInTransaction(entries, instead);
    } catch (error) {
      this.#evaluate(error, undefined);
      if (!this.isDead) await this.connection.query('ROLLBACK');
      throw unavailable(error);
    }
    await this.connection.query('COMMIT').catch((error: unknown) => {
      this.abandon(error, batch);
      throw unavailable(error);
    });
    if (batch) this.advance(batch);
    return batch?.entries.length ?? 0;
  }

  /** Ends the chain for good because it cannot be known whether `batch` was committed. */
  abandon(reason: unknown, batch?: LinkedBatch): void {
    this.#inDoubt ??= batch;
    this.#abandoned = true;
    this.connection.destroy(reason);
  }

  /** Writes the chain's own last entry and lets go of it. */
  async close(reason: CloseReason): Promise<void> {
    if (this.isDead) return;
    await this.append([this.closing(this.id, this.#head, reason)]);
    this.#abandoned = true;
    await this.connection.end();
  }

  /** The entry that closes a chain (this one or another) at `head`. */
  closing(chain: string, head: ChainHead, reason: CloseReason): PreparedEntry {
    return this.prepare({
      type: 'chain.closed',
      actor: systemActor(this.link.writer),
      subject: { kind: 'chain', id: chain },
      data: { chain, lastSeq: head.seq, lastHash: head.hash, reason },
    });
  }

  #opened(): PreparedEntry {
    const { writer, boot } = this.link;
    return this.prepare({
      type: 'chain.opened',
      actor: systemActor(writer),
      subject: { kind: 'boot', id: boot },
      data: { writer, purpose: this.purpose, boot, host: hostname().slice(0, 256) || 'unknown' },
    });
  }

  async #runInTransaction(
    entries: readonly PreparedEntry[],
    instead: readonly PreparedEntry[],
  ): Promise<LinkedBatch> {
    const batch = this.linkEntries(entries);
    if (instead.length > 0) await this.connection.query('SAVEPOINT before');
    try {
      await this.#run(batch, null);
      return batch;
    } catch (error) {
      if (instead.length === 0 || !(error instanceof StatementError)) throw error;
      await this.connection.query('ROLLBACK TO SAVEPOINT before');
      return await this.#runInTransaction(instead, []);
    }
  }

  async #run(batch: LinkedBatch, epoch: bigint | null): Promise<bigint | null> {
    const values = appendValues(batch, epoch);
    const rows = await this.connection.query<{ epoch: string | null }>(APPEND_SQL, values, {
      name: 'ledger_append',
    });
    const seen = rows[0]?.epoch ?? null;
    return seen === null ? null : BigInt(seen);
  }

  #evaluate(error: unknown, batch: LinkedBatch | undefined): void {
    if (this.connection.isLost) this.abandon(error, batch);
    else if (error instanceof StatementError && TAKEN_OVER.has(error.sqlState)) this.abandon(error);
  }
}
