import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { ExpireAccessGrant } from '../commands/expire-access-grant.js';
import { accessGrantEnd } from './access-grant-end.js';

const WORKER = systemActor('worker');

/** Tidies up after grants: their rules have ended by then, what is left is to say so. */
@Injectable()
export class AccessGrantExpiry {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    private readonly expireAccessGrant: ExpireAccessGrant,
  ) {}

  /** Archives every active grant whose end has passed. Harmless twice. */
  async endExpired(): Promise<void> {
    const now = this.runtime.clock.now();
    const active = await this.db.policyVersion.findMany({
      where: { state: 'active', policy: { kind: 'access_grant' } },
      select: { id: true, text: true, bindings: true },
      orderBy: { id: 'asc' },
    });
    for (const { id, ...version } of active) {
      if ((await accessGrantEnd(id, version)) <= now) await this.#end(id);
    }
  }

  async #end(id: string): Promise<void> {
    try {
      await this.expireAccessGrant.execute(WORKER, { id });
    } catch (error) {
      // Another worker, or a person, ended it first.
      if (!(error instanceof DomainError && error.code === 'conflict')) throw error;
    }
  }
}
