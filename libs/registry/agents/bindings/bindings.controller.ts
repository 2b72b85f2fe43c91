import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { AgentQueries } from '../agents.queries.js';
import { agentDetailSchema } from '../agents.schemas.js';
import { BindAgent } from '../commands/bind-agent.js';
import { UnbindAgent } from '../commands/unbind-agent.js';
import { bindAgentSchema, bindingParamsSchema, unbindAgentSchema } from './bindings.schemas.js';

/** What vouches for an agent, for the console. */
@ApiTags('Agents')
@Controller('api/v1/agents/:id/bindings')
export class BindingsController {
  constructor(
    private readonly queries: AgentQueries,
    private readonly bindAgent: BindAgent,
    private readonly unbindAgent: UnbindAgent,
  ) {}

  @Post()
  @RequirePermission('bind', 'Agent')
  @ApiAnswer(201, agentDetailSchema)
  async bind(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>,
    @Body({ schema: bindAgentSchema }) body: z.infer<typeof bindAgentSchema>,
  ) {
    await this.bindAgent.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':bindingId/unbind')
  @RequirePermission('bind', 'Agent')
  @ApiAnswer(200, agentDetailSchema)
  async unbind(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: bindingParamsSchema }) { id, bindingId }: z.infer<typeof bindingParamsSchema>,
    @Body({ schema: unbindAgentSchema }) body: z.infer<typeof unbindAgentSchema>,
  ) {
    await this.unbindAgent.execute(actor, { ...body, id, bindingId });
    return this.queries.get(actor, id);
  }
}
