import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { checkedClockSkewMs, Database } from '#libs/platform/db';

/** Whether this process can do its work. */
@Injectable()
export class HealthQueries {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
  ) {}

  /** How far this clock is from the database's. @throws 'unavailable' when that is too far. */
  async ready(): Promise<{ clockSkewMs: number }> {
    return { clockSkewMs: await checkedClockSkewMs(this.db, this.runtime.clock) };
  }
}
