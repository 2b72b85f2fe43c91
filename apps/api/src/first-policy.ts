import { Global, Injectable, Module } from '@nestjs/common';
import { Database } from '#libs/platform/db';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { PEOPLE_POLICY, PoliciesModule, SeedPolicy } from '#libs/governance/policies';
import { AfterClaim } from '#libs/directory/roles';

/** Puts the first policy in force when a fresh installation gets its owner: without one nobody could start. */
@Injectable()
export class FirstPolicy extends AfterClaim {
  constructor(
    private readonly db: Database,
    private readonly seedPolicy: SeedPolicy,
  ) {
    super();
  }

  override async prepare(): Promise<void> {
    // An older installation that is claimed again keeps its policies.
    if ((await this.db.policy.count()) > 0) return;
    try {
      await this.seedPolicy.execute(systemActor('setup'), PEOPLE_POLICY);
    } catch (error) {
      // Somebody else was faster.
      if (!(error instanceof DomainError && error.code === 'conflict')) throw error;
    }
  }
}

/** Hands it to the setup, which knows no policies. */
@Global()
@Module({
  imports: [PoliciesModule],
  providers: [{ provide: AfterClaim, useClass: FirstPolicy }],
  exports: [AfterClaim],
})
export class FirstPolicyModule {}
