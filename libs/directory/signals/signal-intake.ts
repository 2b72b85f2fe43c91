import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { systemActor } from '#libs/platform/kernel';
import { ApplySignal } from './commands/apply-signal.js';
import { SetVerifier } from './set/set-verifier.js';

const ACTOR = systemActor('shared-signals');

/** Takes one Security Event Token, whichever way it came. */
@Injectable()
export class SignalIntake {
  constructor(
    private readonly verifier: SetVerifier,
    private readonly applySignal: ApplySignal,
    private readonly db: Database,
  ) {}

  /**
   * Verifies it and does what it says, before it returns. A token that was delivered before does nothing.
   * @throws SetError when it is not good, DomainError `unavailable` when that cannot be told now.
   */
  async take(token: string, streamId?: string): Promise<void> {
    const signal = await this.verifier.verify(token, streamId);
    const { tokenId } = signal;
    // Checked first: a sender with one token must not fill the ledger by repeating it.
    const where = { streamId_tokenId: { streamId: signal.streamId, tokenId } };
    if ((await this.db.receivedSignal.findUnique({ where })) !== null) return;
    await this.applySignal.execute(ACTOR, signal);
  }
}
