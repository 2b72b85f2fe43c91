import { Module } from '@nestjs/common';
import { AgentsModule } from '#libs/registry/agents';
import { unregisteredCommands } from './unregistered-agents.commands.js';
import { UnregisteredController } from './unregistered-agents.controller.js';
import { UnregisteredQueries } from './unregistered-agents.queries.js';

/** Who knocked without being known: needs a global `Database` and `CommandRuntime`. */
@Module({
  imports: [AgentsModule],
  controllers: [UnregisteredController],
  providers: [UnregisteredQueries, ...unregisteredCommands],
  exports: [UnregisteredQueries, ...unregisteredCommands],
})
export class UnregisteredModule {}
