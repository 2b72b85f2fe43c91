import type { Database } from '#libs/platform/db';
import { systemClock, type Clock } from '#libs/platform/kernel';
import { counter, type Logger } from '#libs/platform/telemetry';
import {
  truncateToShow,
  isRecordable,
  type RecordedAgent,
  type PendingRecord,
} from './recorded-agent.js';
import { trimUnregisteredAgents, upsertUnregisteredAgents } from './unregistered-agents.sql.js';

/** What an {@link UnregisteredAgents} works with, and how much it keeps. */
export interface UnregisteredAgentsOptions {
  db: Pick<Database, '$executeRaw'>;
  logger: Pick<Logger, 'warn'>;
  clock?: Clock;
  /** How many agents are gathered between two writes; more are only counted (2,000). */
  maxPending?: number;
  /** How many that nobody blocked are kept: those seen last (5,000). */
  maxKept?: number;
  writeEveryMs?: number;
}

const notRecorded = counter(
  'unregistered_agents_not_recorded',
  'Attempts of unregistered agents that the inbox had no room for, or whose name is too long.',
  [],
);

/**
 * The inbox of agents that a trusted issuer attests and that nobody registered. Gathers them in
 * memory and writes them every second: a flood costs a bounded number of rows and delays no call.
 */
export class UnregisteredAgents {
  readonly #options: Required<UnregisteredAgentsOptions>;
  #pending = new Map<string, PendingRecord>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: UnregisteredAgentsOptions) {
    this.#options = {
      clock: systemClock,
      maxPending: 2000,
      maxKept: 5000,
      writeEveryMs: 1000,
      ...options,
    };
  }

  /** Notes one attempt; never waits and never throws. */
  note(agent: RecordedAgent): void {
    if (!isRecordable(agent)) {
      notRecorded.inc();
      return;
    }
    const now = this.#options.clock.now();
    this.#add({ ...truncateToShow(agent), attempts: 1, firstSeenAt: now, lastSeenAt: now });
    this.#schedule();
  }

  /** Writes what was noted; what cannot be written is kept, within bounds, for the next time. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Writes what is left, and no more after that. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.flush();
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => void this.#tick(), this.#options.writeEveryMs).unref();
  }

  async #tick(): Promise<void> {
    await this.flush();
    this.#timer = undefined;
    if (this.#pending.size > 0) this.#schedule();
  }

  async #write(): Promise<void> {
    const agents = [...this.#pending.values()];
    if (agents.length === 0) return;
    this.#pending = new Map();
    const { db, logger, maxKept } = this.#options;
    try {
      await upsertUnregisteredAgents(db, agents);
      await trimUnregisteredAgents(db, maxKept);
    } catch (error) {
      logger.warn({ err: error }, 'unregistered agents could not be written; trying again');
      for (const agent of agents) this.#add(agent);
    }
  }

  #add(agent: PendingRecord): void {
    const key = `${agent.issuerId}\0${agent.subject}\0${agent.clientId}`;
    const known = this.#pending.get(key);
    if (known) this.#pending.set(key, merge(known, agent));
    else if (this.#pending.size < this.#options.maxPending) this.#pending.set(key, agent);
    else notRecorded.inc(agent.attempts);
  }
}

// What could not be written comes back after what was noted since, so either may be the newer.
const merge = (one: PendingRecord, other: PendingRecord): PendingRecord => {
  const [older, newer] = one.lastSeenAt > other.lastSeenAt ? [other, one] : [one, other];
  const firsts = [one.firstSeenAt, other.firstSeenAt].toSorted((a, b) => a.getTime() - b.getTime());
  return {
    ...newer,
    attempts: older.attempts + newer.attempts,
    firstSeenAt: firsts[0] ?? newer.firstSeenAt,
  };
};
