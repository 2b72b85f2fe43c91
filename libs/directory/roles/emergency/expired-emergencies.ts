import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { CloseEmergencyAccess } from './commands/close-emergency-access.js';

const AT_ONCE = 100;

/**
 * Closes emergency access whose time is up: one command each, so that each end is in the ledger. Nobody's
 * rights wait for it; every request asks the time. For the schedule `emergency-access.expire`.
 */
@Injectable()
export class ExpiredEmergencies {
  constructor(
    private readonly runtime: CommandRuntime,
    private readonly end: CloseEmergencyAccess,
  ) {}

  /** Closes them; answers how many. Two of these at once do no harm. */
  async close(): Promise<number> {
    const { db, clock } = this.runtime;
    const due = await db.emergencyAccess.findMany({
      where: { endedAt: null, expiresAt: { lte: clock.now() } },
      select: { id: true },
      take: AT_ONCE,
    });
    let closed = 0;
    for (const { id } of due) closed += await this.#close(id);
    return closed;
  }

  async #close(id: string): Promise<number> {
    try {
      await this.end.execute(systemActor('worker'), { id });
      return 1;
    } catch (error) {
      // Somebody else has closed it already.
      if (error instanceof DomainError && error.code === 'conflict') return 0;
      throw error;
    }
  }
}
