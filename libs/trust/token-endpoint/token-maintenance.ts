import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { systemActor } from '#libs/platform/kernel';
import { PURGE_BATCH, purgeBefore, PurgeUsedTokens } from './commands/purge-used-tokens.js';
import { MaintainSigningKeys } from './commands/maintain-signing-keys.js';
import { nextKeySigns, outlivedKeys } from './keys/key-times.js';
import { readKeys } from './keys/signing-key-rows.js';

const ACTOR = systemActor('worker');

/**
 * The jobs `signing-keys.maintain` and `tokens.purge`. Each looks first, so that a round with nothing to do
 * leaves no entry; the command looks again under its lock, so that two rounds at once do no harm.
 */
@Injectable()
export class TokenMaintenance {
  constructor(
    private readonly runtime: CommandRuntime,
    private readonly maintainSigningKeys: MaintainSigningKeys,
    private readonly purgeUsedTokens: PurgeUsedTokens,
  ) {}

  /** Keeps a key ready to sign, and withdraws those that are over. */
  async maintainKeys(): Promise<void> {
    const { db, clock } = this.runtime;
    const now = clock.now();
    const keys = await readKeys(db);
    if (nextKeySigns(keys, now) === null && outlivedKeys(keys, now).length === 0) return;
    await this.maintainSigningKeys.execute(ACTOR, {});
  }

  /** Purges what has expired, until nothing of it is left. */
  async purgeTokens(): Promise<void> {
    while (await this.#isAnythingExpired()) {
      const purged = await this.purgeUsedTokens.execute(ACTOR, {});
      if (Math.max(...Object.values(purged)) < PURGE_BATCH) return;
    }
  }

  async #isAnythingExpired(): Promise<boolean> {
    const { db, clock } = this.runtime;
    const where = { expiresAt: { lt: purgeBefore(clock.now()) } };
    const [used, revoked] = await Promise.all([
      db.usedTokenId.findFirst({ where }),
      db.revokedToken.findFirst({ where }),
    ]);
    return used !== null || revoked !== null;
  }
}
