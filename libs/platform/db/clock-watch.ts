import { DomainError, type Clock } from '#libs/platform/kernel';
import type { Database } from './client.js';
import { ClockCheck } from './clock-check.js';

const ASK_EVERY_MS = 5_000;
// The monotonic clock keeps an older sample good; an answer that took longer says less than it does.
const LONGEST_ROUND_TRIP_MS = 2_000;

/**
 * Compares this process's clock with the database's, again and again: a process whose clock is wrong would take
 * expired tokens for good ones, and issue tokens that never expire (invariants I6, G22).
 */
export class ClockWatch {
  readonly #check: ClockCheck;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    clock: Clock,
  ) {
    this.#check = new ClockCheck(clock);
  }

  /** Compares at once where the database answers, and from then on. */
  async start(): Promise<void> {
    const ask = (): Promise<void> => this.#ask().catch(() => undefined);
    this.#timer = setInterval(() => void ask(), ASK_EVERY_MS).unref();
    await ask();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * How far this clock is from the database's, in ms, asked now.
   * @throws DomainError `unavailable` when that is too far.
   */
  async askSkewMs(): Promise<number> {
    await this.#ask();
    this.assertTrue();
    return this.#check.skewMs ?? 0;
  }

  /** @throws DomainError `unavailable` when the clock is too far off, or the database was never heard. */
  assertTrue(): void {
    if (this.#check.isTrue) return;
    const { skewMs } = this.#check;
    const why = skewMs === undefined ? 'The database has given no time yet.' : clockIsOff(skewMs);
    throw new DomainError('unavailable', why);
  }

  async #ask(): Promise<void> {
    const askedAtMs = performance.now();
    const [row] = await this.db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    const answeredAtMs = performance.now();
    const isFirst = this.#check.skewMs === undefined;
    if (row !== undefined && (isFirst || answeredAtMs - askedAtMs <= LONGEST_ROUND_TRIP_MS))
      this.#check.take(row.now, askedAtMs, answeredAtMs);
  }
}

/** What an operator is told of a clock that is too far off. */
export const clockIsOff = (skewMs: number): string =>
  `The clock of this process is ${skewMs} ms off the database's: synchronise it (NTP).`;
