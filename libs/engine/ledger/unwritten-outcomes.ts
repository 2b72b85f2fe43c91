import type { Chain } from './chain.js';
import { unknownOutcome, type LostCall } from './close-chain.js';
import type { PreparedEntry } from './prepare-entry.js';

interface UnwrittenOutcome {
  readonly call: LostCall;
  /** How the call ended; null when that is not kept: it is then recorded as `unknown`. */
  readonly outcome: PreparedEntry | null;
}

interface Written {
  id: string;
  call_id: string;
}

const RETRY_MS = 500;
const MAX_KEPT_BYTES = 16 * 1024 * 1024;
const MAX_BATCH = 200;

const WRITTEN_SQL = `
  SELECT id, call_id FROM ledger_entry WHERE type = 'call.outcome' AND call_id = ANY($1::uuid[])`;

/**
 * The outcomes of calls that were sent and whose record failed, until they are in the ledger (invariant
 * A11). Whether the failed write took place is not known, so each is looked up before it is written again.
 */
export class UnwrittenOutcomes {
  #items: UnwrittenOutcome[] = [];
  #bytes = 0;
  #dueAtMs = 0;
  // One that the ledger will not take must not keep the others out: it is recorded as unknown.
  #oneAtATime = false;

  get size(): number {
    return this.#items.length;
  }

  /** Whether there is something that may be tried now. */
  get isDue(): boolean {
    return this.#items.length > 0 && performance.now() >= this.#dueAtMs;
  }

  /** How long until then. */
  get dueInMs(): number {
    return Math.max(0, Math.ceil(this.#dueAtMs - performance.now()));
  }

  /** Keeps an outcome, or only that there is none when there are too many to keep. */
  add(call: LostCall, outcome: PreparedEntry | null): void {
    if (this.#items.length === 0) this.#dueAtMs = performance.now() + RETRY_MS;
    const isKept = outcome !== null && this.#bytes + outcome.bytes <= MAX_KEPT_BYTES;
    this.#items.push({ call, outcome: isKept ? outcome : null });
    if (isKept) this.#bytes += outcome.bytes;
  }

  /** Writes the oldest ones. Throws when the ledger still cannot be written; they are then due again later. */
  async writeSome(chain: Chain, nowMs: number): Promise<void> {
    const items = this.#items.slice(0, this.#oneAtATime ? 1 : MAX_BATCH);
    try {
      await append(chain, items, { nowMs, orUnknown: this.#oneAtATime });
      this.#oneAtATime = false;
    } catch (error) {
      this.#oneAtATime = true;
      this.#dueAtMs = performance.now() + RETRY_MS;
      throw error;
    }
    this.#items = this.#items.slice(items.length);
    this.#bytes = this.#items.reduce((sum, { outcome }) => sum + (outcome?.bytes ?? 0), 0);
  }
}

const append = (
  chain: Chain,
  items: readonly UnwrittenOutcome[],
  { nowMs, orUnknown }: { nowMs: number; orUnknown: boolean },
): Promise<number> => {
  const unknown = ({ call }: UnwrittenOutcome) => unknownOutcome(chain, call, nowMs);
  return chain.appendFound(
    async () => {
      const calls = items.map(({ call }) => call.callId);
      const rows = await chain.connection.query<Written>(WRITTEN_SQL, [calls]);
      const ids = new Set(rows.map((row) => row.id));
      const ended = new Set(rows.map((row) => row.call_id));
      return items.flatMap((item) => {
        // Another process may have recorded `unknown` since; how the call ended is still worth its entry.
        if (item.outcome !== null) return ids.has(item.outcome.id) ? [] : [item.outcome];
        return ended.has(item.call.callId) ? [] : [unknown(item)];
      });
    },
    orUnknown ? items.map(unknown) : [],
  );
};
