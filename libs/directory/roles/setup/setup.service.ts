import { Injectable, Optional } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { RejectionCounter } from '#libs/engine/ledger';
import { AfterClaim } from './after-claim.js';
import { ClaimOwnership } from './commands/claim-ownership.js';
import { MakeSetupCode, type MadeSetupCode } from './commands/make-setup-code.js';
import type { Claimant } from './setup.authenticator.js';
import { isVacant, isValid, SETUP_ID } from './setup.repository.js';

const SETUP = systemActor('setup');

/** The way from an empty installation to its owner. */
@Injectable()
export class Setup {
  constructor(
    private readonly runtime: CommandRuntime,
    private readonly makeCode: MakeSetupCode,
    private readonly claimOwnership: ClaimOwnership,
    private readonly rejections: RejectionCounter,
    @Optional() private readonly afterClaim?: AfterClaim,
  ) {}

  /** Whether a setup code can make an owner now. */
  async isOpen(): Promise<boolean> {
    const { db, clock } = this.runtime;
    const kept = await db.setupCode.findUnique({ where: { id: SETUP_ID } });
    return isValid(kept, clock.now()) && (await isVacant(db));
  }

  /**
   * Makes a code when there is nobody at all and no good code yet; null otherwise. For a process that
   * starts, which prints it: nobody can read it anywhere afterwards.
   */
  async codeForFreshInstallation(): Promise<MadeSetupCode | null> {
    if ((await this.runtime.db.person.count()) > 0 || (await this.isOpen())) return null;
    try {
      return await this.makeCode.execute(SETUP, { keepValid: true });
    } catch (error) {
      // Another process started at the same moment and printed one.
      if (error instanceof DomainError && error.code === 'conflict') return null;
      throw error;
    }
  }

  /** Makes the claimant the owner; throws `forbidden` for a wrong code, or when setup is closed. */
  async claim(claimant: Claimant, code: string): Promise<void> {
    // While there is nothing to claim nobody can fill the ledger by trying.
    if (!(await this.isOpen())) {
      this.rejections.count('setup_closed', 'setup');
      throw new DomainError(
        'forbidden',
        'Setup is closed: make a new code with `gatehouse setup-code` where the installation runs.',
      );
    }
    const { identity } = claimant;
    const outcome = await this.claimOwnership.execute(SETUP, { code, claimant: identity });
    if (outcome.claimed) {
      await this.afterClaim?.prepare();
      return;
    }
    throw new DomainError(
      'forbidden',
      `This is not the setup code. ${outcome.attemptsLeft} tries are left; the code stands where the installation was started.`,
    );
  }
}
