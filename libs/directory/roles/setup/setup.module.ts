import { Module } from '@nestjs/common';
import { ClaimOwnership } from './commands/claim-ownership.js';
import { MakeSetupCode } from './commands/make-setup-code.js';
import { SetupController } from './setup.controller.js';
import { SetupDoor } from './setup.door.js';
import { Setup } from './setup.service.js';

/** The first owner: the API's alone; needs `Authenticator`, `RefusalCounter` and HTTP's options besides. */
@Module({
  controllers: [SetupController],
  providers: [Setup, SetupDoor, MakeSetupCode, ClaimOwnership],
  exports: [Setup, MakeSetupCode],
})
export class SetupModule {}
