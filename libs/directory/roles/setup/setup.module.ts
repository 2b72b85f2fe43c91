import { Module } from '@nestjs/common';
import { ClaimOwnership } from './commands/claim-ownership.js';
import { MakeSetupCode } from './commands/make-setup-code.js';
import { SetupController } from './setup.controller.js';
import { SetupAuthenticator } from './setup.authenticator.js';
import { Setup } from './setup.service.js';

/** The first owner: the API's alone; needs `Authenticator`, `RejectionCounter` and HTTP's options besides. */
@Module({
  controllers: [SetupController],
  providers: [Setup, SetupAuthenticator, MakeSetupCode, ClaimOwnership],
  exports: [Setup, MakeSetupCode],
})
export class SetupModule {}
