import type { Clock } from '#libs/platform/kernel';

// Beyond this a process would take expired tokens for good ones (invariants I6, G22).
const MAX_CLOCK_SKEW_MS = 5000;

/** What the database said its time was, between two moments of this process's monotonic clock. */
interface Sample {
  databaseMs: number;
  middleMs: number;
  uncertaintyMs: number;
}

/**
 * Compares a clock with the database's. Between two samples the database's time is known from the monotonic
 * clock, so a clock that is moved is noticed by the next look at it and not only by the next sample.
 */
export class ClockCheck {
  #sample: Sample | undefined;

  constructor(private readonly clock: Clock) {}

  /** Takes the database's time, asked and answered at these moments of `performance.now()`. */
  take(databaseTime: Date, askedAtMs: number, answeredAtMs: number): void {
    this.#sample = {
      databaseMs: databaseTime.getTime(),
      middleMs: (askedAtMs + answeredAtMs) / 2,
      // Within the round trip the answer's age is unknown.
      uncertaintyMs: (answeredAtMs - askedAtMs) / 2,
    };
  }

  /** How far the clock is from the database's now, in ms; undefined before the first sample. */
  get skewMs(): number | undefined {
    const sample = this.#sample;
    if (sample === undefined) return undefined;
    const databaseMs = sample.databaseMs + performance.now() - sample.middleMs;
    return Math.round(Math.abs(this.clock.now().getTime() - databaseMs));
  }

  /** Whether the clock is certainly within 5 s of the database's now. */
  get isTrue(): boolean {
    const { skewMs } = this;
    if (this.#sample === undefined || skewMs === undefined) return false;
    return skewMs + this.#sample.uncertaintyMs <= MAX_CLOCK_SKEW_MS;
  }
}
