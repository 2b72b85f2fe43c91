import type { KeptSession } from './mcp-era.js';
import type { Session } from './session.js';

/** One key's session, opening or open. */
export interface SessionSlot {
  readonly key: string;
  readonly session: Promise<Session>;
  /** Somebody else keeps it, and ends it. */
  readonly isKept: boolean;
  /** The session once it is open, so that calls need not wait even a turn. */
  opened?: Session;
  lastUsedAtMs: number;
  callsInFlight: number;
}

/** Where a key's session is kept, if it is, and the one that the server no longer knows. */
export interface SessionOrigin {
  readonly kept: KeptSession | undefined;
  readonly lost: Session | undefined;
}

/** How many sessions are kept, and for how long without a call. */
export interface SessionPoolLimits {
  maxSessions: number;
  idleMs: number;
}

/**
 * Sessions by key, opened by the first call that needs one; the least recently used end first.
 * One key never sees another key's session.
 */
export class SessionPool {
  readonly #slots = new Map<string, SessionSlot>(); // in the order of their last use
  readonly #sweeper: NodeJS.Timeout;
  #isClosed = false;

  constructor(
    private readonly open: (kept?: KeptSession, lost?: Session) => Promise<Session>,
    private readonly end: (session: Session) => Promise<void>,
    private readonly limits: SessionPoolLimits,
  ) {
    this.#sweeper = setInterval(() => void this.#sweep(), Math.min(limits.idleMs, 60_000));
    this.#sweeper.unref();
  }

  /** The key's slot, counted as in use until {@link release}. */
  acquire(key: string, origin: SessionOrigin): SessionSlot {
    const slot = this.#slots.get(key) ?? this.#openSlot(key, origin);
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    slot.callsInFlight += 1;
    slot.lastUsedAtMs = Date.now();
    return slot;
  }

  release(slot: SessionSlot): void {
    slot.callsInFlight -= 1;
    slot.lastUsedAtMs = Date.now();
    if (this.#isClosed && slot.callsInFlight === 0) void this.#evict(slot);
  }

  /** Removes a session that the server no longer knows; a newer one under the same key stays. */
  remove(slot: SessionSlot): void {
    if (this.#slots.get(slot.key) === slot) this.#slots.delete(slot.key);
  }

  /** Drops a key's session, which somebody else ends. */
  drop(key: string): void {
    this.#slots.delete(key);
  }

  /** Ends what is idle now, and what is in use when its last call is done. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#sweeper);
    const idle = [...this.#slots.values()].filter(({ callsInFlight }) => callsInFlight === 0);
    await Promise.all(idle.map((slot) => this.#evict(slot)));
  }

  #openSlot(key: string, { kept, lost }: SessionOrigin): SessionSlot {
    this.#makeRoom();
    const slot: SessionSlot = {
      key,
      session: this.open(kept, lost),
      isKept: kept !== undefined,
      lastUsedAtMs: Date.now(),
      callsInFlight: 0,
    };
    void this.#settle(slot);
    return slot;
  }

  async #settle(slot: SessionSlot): Promise<void> {
    try {
      slot.opened = await slot.session;
    } catch {
      this.remove(slot); // the next call tries again; who waits for this one is told
    }
  }

  /** Sessions in use are kept even past the limit: ending one would lose an answer. */
  #makeRoom(): void {
    if (this.#slots.size < this.limits.maxSessions) return;
    for (const slot of this.#slots.values())
      if (slot.callsInFlight === 0) {
        void this.#evict(slot);
        return;
      }
  }

  async #sweep(): Promise<void> {
    const oldest = Date.now() - this.limits.idleMs;
    const idle = [...this.#slots.values()].filter(
      ({ callsInFlight, lastUsedAtMs }) => callsInFlight === 0 && lastUsedAtMs <= oldest,
    );
    await Promise.all(idle.map((slot) => this.#evict(slot)));
  }

  #evict(slot: SessionSlot): Promise<void> {
    this.remove(slot);
    return slot.isKept ? Promise.resolve() : this.#end(slot);
  }

  async #end(slot: SessionSlot): Promise<void> {
    const session = await slot.session.catch(() => undefined);
    if (session !== undefined) await this.end(session);
  }
}
