import { Module } from '@nestjs/common';
import { EmergencyController } from './emergency/emergency.controller.js';
import { EmergencyQueries } from './emergency/emergency.queries.js';
import { GroupMappingsController } from './group-mappings/group-mappings.controller.js';
import { GroupMappingQueries } from './group-mappings/group-mappings.queries.js';
import { rightsCommands } from './roles.commands.js';
import { RolesController } from './roles.controller.js';
import { RoleQueries } from './roles.queries.js';

/** Who has which role: needs a global `Database`, `CommandRuntime` and `CONFIG`. */
@Module({
  controllers: [RolesController, GroupMappingsController, EmergencyController],
  providers: [RoleQueries, GroupMappingQueries, EmergencyQueries, ...rightsCommands],
  exports: [...rightsCommands],
})
export class RolesModule {}
