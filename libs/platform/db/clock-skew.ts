import { DomainError, type Clock } from '#libs/platform/kernel';
import type { Database } from './client.js';
import { ClockCheck } from './clock-check.js';

/**
 * How far this process's clock is from the database's, in ms.
 * @throws DomainError `unavailable` when that is too far: the process is not ready.
 */
export const checkedClockSkewMs = async (db: Database, clock: Clock): Promise<number> => {
  const askedAtMs = performance.now();
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (row === undefined) throw new DomainError('unavailable', 'The database gave no time.');
  const check = new ClockCheck(clock);
  check.take(row.now, askedAtMs, performance.now());
  const skewMs = check.skewMs ?? 0;
  if (check.isTrue) return skewMs;
  throw new DomainError('unavailable', clockIsOff(skewMs));
};

/** What an operator is told of a clock that is too far off. */
export const clockIsOff = (skewMs: number): string =>
  `The clock of this process is ${skewMs} ms off the database's: synchronise it (NTP).`;
