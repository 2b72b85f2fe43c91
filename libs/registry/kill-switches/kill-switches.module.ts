import { Module } from '@nestjs/common';
import { killSwitchCommands } from './kill-switches.commands.js';
import { KillSwitchesController } from './kill-switches.controller.js';
import { KillSwitchQueries } from './kill-switches.queries.js';

/** The kill switch button: needs a global `Database` and `CommandRuntime`. */
@Module({
  controllers: [KillSwitchesController],
  providers: [KillSwitchQueries, ...killSwitchCommands],
  exports: [KillSwitchQueries, ...killSwitchCommands],
})
export class KillSwitchesModule {}
