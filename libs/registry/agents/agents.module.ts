import { Module } from '@nestjs/common';
import { agentCommands } from './agents.commands.js';
import { AgentsController } from './agents.controller.js';
import { AgentQueries } from './agents.queries.js';
import { BindingsController } from './bindings/bindings.controller.js';

/** Agents: needs a global `Database` and `CommandRuntime`. */
@Module({
  controllers: [AgentsController, BindingsController],
  providers: [AgentQueries, ...agentCommands],
  exports: [AgentQueries, ...agentCommands],
})
export class AgentsModule {}
