import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/commands';
import { Database } from '#libs/db';
import { DomainError } from '#libs/kernel';

/** Beyond this a process is not ready: it would take expired tokens for good ones (invariant I6). */
export const MAX_CLOCK_SKEW_MS = 5000;

/** Whether this process can do its work. */
@Injectable()
export class HealthQueries {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
  ) {}

  /** How far this clock is from the database's. @throws 'unavailable' when that is too far. */
  async ready(): Promise<{ clockSkewMs: number }> {
    const before = this.runtime.clock.now().getTime();
    const [row] = await this.db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    const after = this.runtime.clock.now().getTime();
    if (row === undefined) throw new DomainError('unavailable', 'The database gave no time.');
    // The answer's age is unknown within the round trip, so the middle of it is compared.
    const clockSkewMs = Math.round(Math.abs(row.now.getTime() - (before + after) / 2));
    if (clockSkewMs > MAX_CLOCK_SKEW_MS)
      throw new DomainError(
        'unavailable',
        `The clock of this process is ${clockSkewMs} ms off the database's: synchronise it (NTP).`,
      );
    return { clockSkewMs };
  }
}
