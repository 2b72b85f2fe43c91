import { Injectable } from '@nestjs/common';
import { ENDS_WITH_EMERGENCY } from '#libs/engine/actors';
import { CommandRuntime } from '#libs/engine/commands';
import type { Database } from '#libs/platform/db';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { CloseEmergencyAccess } from './commands/close-emergency-access.js';
import { WITHOUT_ROLE } from './emergency.repository.js';

const AT_ONCE = 100;

/**
 * Closes emergency access whose time is up, or whose person lost the role that opened it: one command each,
 * so that each end is in the ledger. Nobody's rights wait for it; every request asks the time. For the
 * schedule `emergency-access.expire`.
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
    const due = await findDue(db, clock.now());
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

// Also those that ended and left something that could not be undone then.
const findDue = (db: Database, now: Date) =>
  db.emergencyAccess.findMany({
    where: {
      OR: [
        { endedAt: null, expiresAt: { lte: now } },
        { endedAt: null, ...WITHOUT_ROLE },
        { endedAt: { not: null }, changes: { some: ENDS_WITH_EMERGENCY } },
      ],
    },
    select: { id: true },
    take: AT_ONCE,
  });
