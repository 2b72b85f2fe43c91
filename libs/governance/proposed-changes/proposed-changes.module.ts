import { Module } from '@nestjs/common';
import { ConfirmChange } from './confirm-change.js';
import { proposedChangeCommands } from './proposed-changes.commands.js';
import { ProposedChangesController } from './proposed-changes.controller.js';
import { ProposedChangeQueries } from './proposed-changes.queries.js';

/** Needs a global `Database`, `CommandRuntime`, `SecretBox` and `COMMAND_CLASSES`. */
@Module({
  controllers: [ProposedChangesController],
  providers: [ProposedChangeQueries, ConfirmChange, ...proposedChangeCommands],
  exports: [...proposedChangeCommands],
})
export class ProposedChangesModule {}
