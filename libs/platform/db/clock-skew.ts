import { DomainError, type Clock } from '#libs/platform/kernel';
import type { Database } from './client.js';

// Beyond this a process would take expired tokens for good ones (invariant I6).
const MAX_CLOCK_SKEW_MS = 5000;

/**
 * How far this process's clock is from the database's, in ms.
 * @throws DomainError `unavailable` when that is too far: the process is not ready.
 */
export const checkedClockSkewMs = async (db: Database, clock: Clock): Promise<number> => {
  const beforeMs = clock.now().getTime();
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const afterMs = clock.now().getTime();
  if (row === undefined) throw new DomainError('unavailable', 'The database gave no time.');
  // The answer's age is unknown within the round trip, so the middle of it is compared.
  const skewMs = Math.round(Math.abs(row.now.getTime() - (beforeMs + afterMs) / 2));
  if (skewMs <= MAX_CLOCK_SKEW_MS) return skewMs;
  throw new DomainError(
    'unavailable',
    `The clock of this process is ${skewMs} ms off the database's: synchronise it (NTP).`,
  );
};
