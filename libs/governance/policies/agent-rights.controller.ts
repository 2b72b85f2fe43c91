import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { agentRightsSchema } from '#libs/registry/agents';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { AgentRightsQueries } from './agent-rights.queries.js';

/** What policies make of an agent: here and not with agents, because policies know agents. */
@ApiTags('Agents')
@Controller('api/v1/agents')
export class AgentRightsController {
  constructor(private readonly queries: AgentRightsQueries) {}

  @Get(':id/rights')
  @RequirePermission('read', 'Agent')
  @ApiAnswer(200, agentRightsSchema)
  get(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>,
  ) {
    return this.queries.get(actor, id);
  }
}
