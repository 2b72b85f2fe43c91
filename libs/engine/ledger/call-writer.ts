import { systemClock } from '#libs/platform/kernel';
import { ChainHolder } from './chain-holder.js';
import type { LedgerLink } from './chain.js';
import type { LostCall } from './close-chain.js';
import type { CallIntentInput, CallOutcomeInput, CallInvalidInput } from './entry-inputs.js';
import type { EntryPosition } from './entry.js';
import { overloaded, unavailable } from './errors.js';
import { prepareEntry, type PreparedEntry } from './prepare-entry.js';
import { drainBatch, type IntentResult, type Waiting } from './drain-batch.js';
import { UnwrittenOutcomes } from './unwritten-outcomes.js';

/** How much may wait for the ledger before further calls are rejected. */
export interface CallWriterLimits {
  maxWaitingEntries: number;
  maxWaitingBytes: number;
  maxBatchEntries: number;
  maxBatchBytes: number;
}

const LIMITS: CallWriterLimits = {
  maxWaitingEntries: 10_000,
  maxWaitingBytes: 64 * 1024 * 1024,
  maxBatchEntries: 1000,
  maxBatchBytes: 4 * 1024 * 1024,
};

/**
 * Writes tool calls in group commits: one statement is in flight, and what arrives until it ends is
 * the next batch. A promise resolves when its entry is durable; it rejects with 'unavailable' when the
 * ledger cannot be written, and then nothing may be sent to an upstream.
 */
export class CallWriter {
  readonly #holder: ChainHolder;
  readonly #limits: CallWriterLimits;
  readonly #open = new Map<string, LostCall>();
  readonly #unwritten = new UnwrittenOutcomes();
  #retry: NodeJS.Timeout | undefined;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(
    private readonly link: LedgerLink,
    limits: Partial<CallWriterLimits> = {},
  ) {
    this.#holder = new ChainHolder(link, 'calls');
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Opens the chain, so that the first call does not wait for it. */
  async start(): Promise<void> {
    await this.#holder.current();
  }

  /** Writes a decision if `epoch`, under which it was evaluated, is still the epoch. */
  async appendIntent(entry: CallIntentInput, epoch: bigint): Promise<IntentResult> {
    const result = await this.#enqueue(() => this.#prepare(entry), epoch);
    if (result.committed && entry.data.decision === 'allow')
      this.#open.set(entry.callId, {
        callId: entry.callId,
        actor: entry.actor,
        atMs: this.#nowMs(),
      });
    return result;
  }

  /**
   * Writes an outcome, or a rejection that came before a decision. When it rejects, whether it was written
   * is not known. A rejected outcome stays the writer's: it is recorded once the ledger can be written again.
   */
  async append(entry: CallOutcomeInput | CallInvalidInput): Promise<EntryPosition> {
    if (entry.type === 'call.invalid') return this.#write(() => this.#prepare(entry));
    const call = this.#open.get(entry.callId) ?? {
      callId: entry.callId,
      actor: entry.actor,
      atMs: this.#nowMs(),
    };
    let prepared: PreparedEntry | null = null;
    try {
      const outcome = (prepared = this.#prepare(entry));
      return await this.#write(() => outcome);
    } catch (error) {
      this.#unwritten.add(call, prepared);
      this.#retrySoon();
      throw error;
    } finally {
      this.#open.delete(entry.callId);
    }
  }

  /**
   * Writes what waits, an `unknown` outcome for every call still in progress, and closes the chain. If that
   * fails the chain stays open, for CrashedChains to do the same.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#running;
    let isWhole = false;
    try {
      for (const call of this.#open.values()) this.#unwritten.add(call, null);
      this.#open.clear();
      await this.#writeAllUnwritten();
      isWhole = true;
    } finally {
      await this.#holder.stop({ isWhole });
    }
  }

  async #write(prepare: () => PreparedEntry): Promise<EntryPosition> {
    const result = await this.#enqueue(prepare, null);
    if (!result.committed) throw unavailable();
    return result.position;
  }

  #prepare(entry: Parameters<typeof prepareEntry>[0]): PreparedEntry {
    return prepareEntry(entry, this.link.clock ?? systemClock);
  }

  async #writeUnwritten(): Promise<void> {
    await this.#unwritten.writeSome(await this.#holder.current(), this.#nowMs());
  }

  // The first failure may be that of one outcome among others, which are then written one at a time.
  async #writeAllUnwritten(): Promise<void> {
    let failures = 0;
    while (this.#unwritten.size > 0) {
      try {
        await this.#writeUnwritten();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures > 1) throw error;
      }
    }
  }

  #retrySoon(): void {
    if (this.#stopped || this.#retry !== undefined || this.#unwritten.size === 0) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#running ??= this.#run();
    }, this.#unwritten.dueInMs).unref();
  }

  get #isUnwrittenDue(): boolean {
    return !this.#stopped && this.#unwritten.isDue;
  }

  #nowMs(): number {
    return (this.link.clock ?? systemClock).now().getTime();
  }

  #enqueue(prepare: () => PreparedEntry, epoch: bigint | null): Promise<IntentResult> {
    if (this.#stopped) throw unavailable();
    if (
      this.#waiting.length + this.#unwritten.size >= this.#limits.maxWaitingEntries ||
      this.#waitingBytes >= this.#limits.maxWaitingBytes
    )
      throw overloaded();
    const prepared = prepare();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ prepared, epoch, resolve, reject });
      this.#waitingBytes += prepared.bytes;
      this.#running ??= this.#run();
    });
  }

  async #run(): Promise<void> {
    // What the same iteration of the event loop still adds belongs to the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0 || this.#isUnwrittenDue) {
      if (this.#isUnwrittenDue) await this.#writeUnwritten().catch(() => undefined); // due again later
      if (this.#waiting.length > 0) await this.#writeBatch();
    }
    // In the same step as the last look at the queue, or what is added in between would wait for ever.
    this.#running = undefined;
    this.#retrySoon();
  }

  async #writeBatch(): Promise<void> {
    const { batch, epoch, stale, rest } = drainBatch(this.#waiting, this.#limits);
    this.#keep(rest);
    for (const waiting of stale) waiting.resolve({ committed: false, epoch: epoch ?? 0n });
    try {
      const chain = await this.#holder.current();
      const result = await chain.append(
        batch.map(({ prepared }) => prepared),
        epoch,
      );
      if (result.committed) settle(batch, result.positions);
      else this.#rejectStale(batch, result.epoch);
    } catch (error) {
      // The others that wait would fail, too: all are rejected now, so that no call hangs.
      const all = [...batch, ...this.#waiting];
      this.#keep([]);
      for (const waiting of all) waiting.reject(unavailable(error));
    }
  }

  #rejectStale(batch: readonly Waiting[], epoch: bigint): void {
    const unguarded = batch.filter((waiting) => waiting.epoch === null);
    this.#keep([...unguarded, ...this.#waiting]);
    for (const waiting of batch)
      if (waiting.epoch !== null) waiting.resolve({ committed: false, epoch });
  }

  #keep(waiting: Waiting[]): void {
    this.#waiting = waiting;
    this.#waitingBytes = waiting.reduce((sum, { prepared }) => sum + prepared.bytes, 0);
  }
}

const settle = (batch: readonly Waiting[], positions: readonly EntryPosition[]): void => {
  for (const [index, position] of positions.entries())
    batch[index]?.resolve({ committed: true, position });
};
