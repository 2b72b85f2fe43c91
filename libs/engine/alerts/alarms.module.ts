import { Module } from '@nestjs/common';
import { alarmCommands } from './alarms.commands.js';
import { AlarmsController } from './alarms.controller.js';
import { AlarmQueries } from './alarms.queries.js';

/** What somebody must look at: needs a global `Database` and `CommandRuntime`. */
@Module({
  controllers: [AlarmsController],
  providers: [AlarmQueries, ...alarmCommands],
  exports: [...alarmCommands],
})
export class AlarmsModule {}
