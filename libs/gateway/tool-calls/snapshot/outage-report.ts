import type { ClockCheck } from '#libs/platform/db';
import { asDomainError } from '#libs/platform/http';
import type { Logger } from '#libs/platform/telemetry';

/** Says in the log why no call can be decided, and when one can again: once for each outage. */
export class OutageReport {
  #isLost = false;
  #isClockTrue = true;

  constructor(private readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>) {}

  /** Why the snapshot was not confirmed; undefined: it was. */
  ofSnapshot(error: unknown): void {
    const isLost = error !== undefined;
    if (isLost === this.#isLost) return;
    this.#isLost = isLost;
    const { logger } = this;
    if (!isLost) logger.info('the snapshot is confirmed again');
    else if (asDomainError(error)?.code === 'unavailable')
      logger.warn('the database cannot be reached: 5 s from now no call can be decided');
    else
      logger.error({ err: error }, 'no snapshot can be made: 5 s from now no call can be decided');
  }

  ofClock({ isTrue, skewMs }: Pick<ClockCheck, 'isTrue' | 'skewMs'>): void {
    if (isTrue === this.#isClockTrue) return;
    this.#isClockTrue = isTrue;
    if (isTrue) this.logger.info({ skewMs }, "the clock is the database's again");
    else
      this.logger.error(
        { skewMs },
        "the clock is too far off the database's: no call can be decided",
      );
  }
}
