import { Module } from '@nestjs/common';
import { accessGrantMaintenanceCommands } from '../policies.commands.js';
import { AccessGrantExpiry } from './access-grant-expiry.js';

/** For the worker: what ends by itself. Needs a global `Database` and `CommandRuntime`. */
@Module({
  providers: [AccessGrantExpiry, ...accessGrantMaintenanceCommands],
  exports: [AccessGrantExpiry],
})
export class AccessGrantMaintenanceModule {}
