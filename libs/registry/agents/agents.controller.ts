import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { AgentQueries } from './agents.queries.js';
import { agentDetailSchema, agentPageSchema, listAgentsQuerySchema } from './agents.schemas.js';
import { ActivateAgent } from './commands/activate-agent.js';
import { ChangeAgent } from './commands/change-agent.js';
import { ReassignAgent } from './commands/reassign-agent.js';
import { RegisterAgent } from './commands/register-agent.js';
import { RetireAgent } from './commands/retire-agent.js';
import { RevokeAgentTokens } from './commands/revoke-agent-tokens.js';
import { SuspendAgent } from './commands/suspend-agent.js';

/** An agent, as the console reads it after a change. */
export const agentResource = {
  queries: AgentQueries,
  answer: agentDetailSchema,
  read: (queries: AgentQueries, id: string, actor: PersonActor) => queries.get(actor, id),
};

/** Agents for the console. */
@ApiTags('Agents')
@Controller('api/v1/agents')
export class AgentsController extends commandRoutes(agentResource, {
  register: commandRoute('POST', '', RegisterAgent),
  change: commandRoute('PATCH', ':id', ChangeAgent),
  reassign: commandRoute('POST', ':id/reassign', ReassignAgent),
  activate: commandRoute('POST', ':id/activate', ActivateAgent),
  suspend: commandRoute('POST', ':id/suspend', SuspendAgent),
  revokeTokens: commandRoute('POST', ':id/revoke-tokens', RevokeAgentTokens),
  retire: commandRoute('POST', ':id/retire', RetireAgent),
}) {
  @Get()
  @RequirePermission('read', 'Agent')
  @ApiAnswer(200, agentPageSchema)
  list(
    @CurrentActor() actor: PersonActor,
    @Query({ schema: listAgentsQuerySchema }) query: z.infer<typeof listAgentsQuerySchema>,
  ) {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @RequirePermission('read', 'Agent')
  @ApiAnswer(200, agentDetailSchema)
  get(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>,
  ) {
    return this.queries.get(actor, id);
  }
}
