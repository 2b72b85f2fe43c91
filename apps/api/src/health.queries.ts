import { Injectable } from '@nestjs/common';
import { boundedProbe } from '#libs/platform/boot';
import { ClockWatch } from '#libs/platform/db';

/** Whether this process can do its work. */
@Injectable()
export class HealthQueries {
  readonly #clockSkewMs: () => Promise<number>;

  constructor(clock: ClockWatch) {
    this.#clockSkewMs = boundedProbe(() => clock.askSkewMs());
  }

  /**
   * How far this clock is from the database's; answers within a second.
   * @throws 'unavailable' when that is too far, or the database does not answer.
   */
  async ready(): Promise<{ clockSkewMs: number }> {
    return { clockSkewMs: await this.#clockSkewMs() };
  }
}
