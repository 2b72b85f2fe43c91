import { Module } from '@nestjs/common';
import { stopCommands } from './stops.commands.js';
import { StopsController } from './stops.controller.js';
import { StopQueries } from './stops.queries.js';

/** The stop button: needs a global `Database` and `CommandRuntime`. */
@Module({
  controllers: [StopsController],
  providers: [StopQueries, ...stopCommands],
  exports: [StopQueries, ...stopCommands],
})
export class StopsModule {}
