import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { boundedProbe } from '#libs/platform/boot';
import { checkedClockSkewMs, Database } from '#libs/platform/db';

/** Whether this process can do its work. */
@Injectable()
export class HealthQueries {
  readonly #clockSkewMs: () => Promise<number>;

  constructor(db: Database, runtime: CommandRuntime) {
    this.#clockSkewMs = boundedProbe(() => checkedClockSkewMs(db, runtime.clock));
  }

  /**
   * How far this clock is from the database's; answers within a second.
   * @throws 'unavailable' when that is too far, or the database does not answer.
   */
  async ready(): Promise<{ clockSkewMs: number }> {
    return { clockSkewMs: await this.#clockSkewMs() };
  }
}
