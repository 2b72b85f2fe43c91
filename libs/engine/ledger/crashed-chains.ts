import { systemClock } from '#libs/platform/kernel';
import { ChainHolder } from './chain-holder.js';
import type { Chain, LedgerLink } from './chain.js';
import { Mutex } from './mutex.js';
import {
  holdOffAppends,
  isClosed,
  readTail,
  unknownOutcome,
  type LostCall,
} from './close-chain.js';

/** What one look for crashed writers did. */
export interface ClosedChains {
  chains: number;
  /** Allowed calls whose outcome was lost and is now `unknown`. */
  unknownOutcomes: number;
}

// A crashed process may have written millions of intents; looking them through may take a while.
const LOOK_UP_TIMEOUT_MS = 600_000;

const OPEN_CHAINS_SQL = `
  SELECT o.chain, o.subject_id AS boot,
    EXISTS (SELECT FROM pg_locks l
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND ((l.classid::bigint << 32) | l.objid::bigint) = ledger_life_lock(o.chain)) AS alive
  FROM ledger_entry o
  WHERE o.type = 'chain.opened' AND o.seq = 1 AND NOT EXISTS (SELECT FROM ledger_entry c
    WHERE c.subject_kind = 'chain' AND c.subject_id = o.chain::text AND c.type = 'chain.closed')
  ORDER BY o.id`;

const LOST_CALLS_SQL = `
  SELECT DISTINCT ON (i.call_id) i.call_id, i.actor_kind, i.actor_id,
    (extract(epoch FROM i.at) * 1000)::bigint AS at_ms
  FROM ledger_entry i
  WHERE i.chain IN (SELECT o.chain FROM ledger_entry o
      WHERE o.subject_kind = 'boot' AND o.subject_id = $1 AND o.type = 'chain.opened')
    AND i.type = 'call.intent' AND i.data->>'decision' = 'allow'
    AND NOT EXISTS (SELECT FROM ledger_entry r
      WHERE r.call_id = i.call_id AND r.type = 'call.outcome')
  ORDER BY i.call_id`;

/**
 * Closes the chains of processes that died, and writes `unknown` for their calls without an outcome
 * (invariants A5, A11). Several processes may look at once: of each chain exactly one wins.
 */
export class CrashedChains {
  readonly #holder: ChainHolder;
  readonly #mutex = new Mutex();
  readonly #deadSinceMs = new Map<string, number>();

  constructor(private readonly link: LedgerLink) {
    this.#holder = new ChainHolder(link, 'closing');
  }

  /**
   * Looks once. A process counts as dead when none of its chains is held any more, and has been so for
   * `graceMs` of this instance's looks: with a grace, one that merely lost its connections can come back.
   */
  async close(options: { graceMs?: number } = {}): Promise<ClosedChains> {
    const release = await this.#mutex.acquire();
    try {
      return await this.#close(options.graceMs ?? 0);
    } finally {
      release();
    }
  }

  /** Closes the chain that the closes were written on, after a look in progress. */
  async stop(): Promise<void> {
    const release = await this.#mutex.acquire();
    try {
      await this.#holder.stop();
    } finally {
      release();
    }
  }

  async #close(graceMs: number): Promise<ClosedChains> {
    const by = await this.#holder.current();
    const open = await by.connection.query<{ chain: string; boot: string; alive: boolean }>(
      OPEN_CHAINS_SQL,
    );
    const alive = new Set(open.filter((row) => row.alive).map((row) => row.boot));
    const dead = open.filter((row) => !alive.has(row.boot));
    this.#remember(new Set(dead.map((row) => row.boot)));
    const closed: ClosedChains = { chains: 0, unknownOutcomes: 0 };
    for (const { chain, boot } of dead) {
      if (this.#nowMs() - (this.#deadSinceMs.get(boot) ?? 0) < graceMs) continue;
      const entries = await this.#closeOne(by, chain, boot);
      if (entries > 0) closed.chains += 1;
      closed.unknownOutcomes += Math.max(0, entries - 1);
    }
    return closed;
  }

  #closeOne(by: Chain, chain: string, boot: string): Promise<number> {
    return by.appendFound(async () => {
      await by.connection.query(`SET LOCAL statement_timeout = ${LOOK_UP_TIMEOUT_MS}`);
      // One closer per process that died, so that no call gets two outcomes.
      if (!(await isFree(by, boot)) || !(await isFree(by, chain))) return [];
      if (!(await holdOffAppends(by, chain))) return [];
      if (await isClosed(by, chain)) return [];
      const tail = await readTail(by, chain);
      if (tail === undefined) return [];
      const lost = await findLostCalls(by, boot);
      return [
        by.closing(chain, tail, 'crashed'),
        ...lost.map((call) => unknownOutcome(by, call, this.#nowMs())),
      ];
    });
  }

  #remember(dead: ReadonlySet<string>): void {
    for (const boot of this.#deadSinceMs.keys())
      if (!dead.has(boot)) this.#deadSinceMs.delete(boot);
    for (const boot of dead)
      if (!this.#deadSinceMs.has(boot)) this.#deadSinceMs.set(boot, this.#nowMs());
  }

  #nowMs(): number {
    return (this.link.clock ?? systemClock).now().getTime();
  }
}

const isFree = async (by: Chain, chainOrBoot: string): Promise<boolean> => {
  const [row] = await by.connection.query<{ free: boolean }>(
    'SELECT pg_try_advisory_xact_lock(ledger_life_lock($1::uuid)) AS free',
    [chainOrBoot],
  );
  return row?.free === true;
};

const findLostCalls = async (by: Chain, boot: string): Promise<LostCall[]> => {
  const rows = await by.connection.query<{
    call_id: string;
    actor_kind: string;
    actor_id: string;
    at_ms: string;
  }>(LOST_CALLS_SQL, [boot], { timeoutMs: LOOK_UP_TIMEOUT_MS });
  return rows.map((row) => ({
    callId: row.call_id,
    actor: { kind: row.actor_kind, id: row.actor_id },
    atMs: Number(row.at_ms),
  }));
};
