import { Module } from '@nestjs/common';
import { alertCommands } from './alerts.commands.js';
import { AlertsController } from './alerts.controller.js';
import { AlertQueries } from './alerts.queries.js';

/** What somebody must look at: needs a global `Database` and `CommandRuntime`. */
@Module({
  controllers: [AlertsController],
  providers: [AlertQueries, ...alertCommands],
  exports: [...alertCommands],
})
export class AlertsModule {}
