import { Module } from '@nestjs/common';
import { delegationCommands } from './delegations.commands.js';
import { DelegationsController } from './delegations.controller.js';
import { DelegationQueries } from './delegations.queries.js';

/** Standing consents: needs a global `Database` and `CommandRuntime`. */
@Module({
  controllers: [DelegationsController],
  providers: [DelegationQueries, ...delegationCommands],
  exports: [...delegationCommands],
})
export class DelegationsModule {}
