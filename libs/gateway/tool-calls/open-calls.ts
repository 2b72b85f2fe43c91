import { asFailure } from './as-failure.js';
import { assertStanding } from './caller/standing.js';
import type { Clock } from '#libs/platform/kernel';
import type { CutOff, Exchange } from './exchange.js';
import { stoppedReason } from './steps/stopped.js';
import type { GatewaySnapshot } from './snapshot/gateway-snapshot.js';
import type { SnapshotHolder } from './snapshot/snapshot-holder.js';

interface OpenCall {
  readonly exchange: Exchange;
  readonly abort: AbortController;
}

/**
 * The calls that are at a tool server now. Each newer snapshot is held against all of them: whose right
 * was taken away is cut off, as it would be refused if it came now (invariant I3).
 */
export class OpenCalls {
  readonly #open = new Set<OpenCall>();

  constructor(
    private readonly snapshots: Pick<SnapshotHolder, 'newest' | 'follow'>,
    private readonly clock: Clock,
  ) {
    snapshots.follow((snapshot) => this.#holdAgainst(snapshot));
  }

  get size(): number {
    return this.#open.size;
  }

  /** Runs the exchange's work; its signal is aborted with a {@link CutOff} when the call loses its right. */
  async run<T>(exchange: Exchange, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const call = { exchange, abort: new AbortController() };
    this.#open.add(call);
    try {
      // It was judged under an epoch that may have passed between its commit and now.
      const { newest } = this.snapshots;
      if (newest !== undefined && newest.epoch > exchange.snapshot.epoch) this.#hold(call, newest);
      return await work(call.abort.signal);
    } finally {
      this.#open.delete(call);
    }
  }

  #holdAgainst(snapshot: GatewaySnapshot): void {
    for (const call of this.#open) this.#hold(call, snapshot);
  }

  #hold({ exchange, abort }: OpenCall, snapshot: GatewaySnapshot): void {
    if (abort.signal.aborted) return;
    const cut = cutOf(exchange, snapshot, this.clock.now());
    if (cut !== null) abort.abort(cut);
  }
}

const cutOf = ({ caller, tool }: Exchange, snapshot: GatewaySnapshot, now: Date): CutOff | null => {
  const stop = snapshot.stopOf(tool);
  if (stop !== undefined) return { reason: 'stopped', message: stoppedReason(stop) };
  try {
    assertStanding(caller, snapshot, now);
    return null;
  } catch (error) {
    // Whatever cannot be found to stand does not.
    const { reason, message } = asFailure(error, '');
    return { reason, message };
  }
};
