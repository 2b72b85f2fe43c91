import { Module } from '@nestjs/common';
import { AgentsModule } from '#libs/registry/agents';
import { AgentRightsController } from './agent-rights.controller.js';
import { AgentRightsQueries } from './agent-rights.queries.js';
import { policyCommands } from './policies.commands.js';
import { PoliciesController } from './policies.controller.js';
import { PolicyPublication } from './policy-publication.js';
import { PolicyQueries } from './policies.queries.js';
import { PolicyVersionsController } from './policy-versions.controller.js';
import { PolicyVersionQueries } from './policy-versions.queries.js';

/** Policies and what they make of agents: needs a global `Database` and `CommandRuntime`. */
@Module({
  imports: [AgentsModule],
  controllers: [PoliciesController, PolicyVersionsController, AgentRightsController],
  providers: [
    PolicyPublication,
    PolicyQueries,
    PolicyVersionQueries,
    AgentRightsQueries,
    ...policyCommands,
  ],
  exports: [PolicyQueries, PolicyVersionQueries, AgentRightsQueries, ...policyCommands],
})
export class PoliciesModule {}
