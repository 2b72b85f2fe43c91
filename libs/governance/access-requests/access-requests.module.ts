import { Module } from '@nestjs/common';
import { accessRequestCommands } from './access-requests.commands.js';
import { AccessRequestsController } from './access-requests.controller.js';
import { AccessRequestQueries } from './access-requests.queries.js';

/** Access requests: needs a global `Database` and `CommandRuntime`. */
@Module({
  controllers: [AccessRequestsController],
  providers: [AccessRequestQueries, ...accessRequestCommands],
  exports: [AccessRequestQueries, ...accessRequestCommands],
})
export class AccessRequestsModule {}
