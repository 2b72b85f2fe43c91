import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { agentDetailSchema, AgentQueries } from '#libs/registry/agents';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { BlockUnregisteredAgent } from './commands/block-unregistered-agent.js';
import { RegisterUnregisteredAgent } from './commands/register-unregistered-agent.js';
import { UnblockUnregisteredAgent } from './commands/block-unregistered-agent.js';
import { UnregisteredQueries } from './unregistered-agents.queries.js';
import {
  changeUnregisteredAgentSchema,
  listUnregisteredAgentsQuerySchema,
  registerUnregisteredAgentSchema,
  unregisteredAgentPageSchema,
  unregisteredAgentSchema,
} from './unregistered-agents.schemas.js';

type Id = z.infer<typeof idParamsSchema>;
type Why = z.infer<typeof changeUnregisteredAgentSchema>;

/** The inbox of callers whose tokens are good and whom nobody registered. */
@ApiTags('Unregistered callers')
@Controller('api/v1/unregistered-agents')
export class UnregisteredController {
  constructor(
    private readonly queries: UnregisteredQueries,
    private readonly agents: AgentQueries,
    private readonly blockUnregisteredAgent: BlockUnregisteredAgent,
    private readonly unblockUnregisteredAgent: UnblockUnregisteredAgent,
    private readonly registerUnregisteredAgent: RegisterUnregisteredAgent,
  ) {}

  @Get()
  @RequirePermission('read', 'UnregisteredAgent')
  @ApiAnswer(200, unregisteredAgentPageSchema)
  list(
    @Query({ schema: listUnregisteredAgentsQuerySchema })
    query: z.infer<typeof listUnregisteredAgentsQuerySchema>,
  ) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'UnregisteredAgent')
  @ApiAnswer(200, unregisteredAgentSchema)
  get(@Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id);
  }

  @Post(':id/block')
  @RequirePermission('block', 'UnregisteredAgent')
  @ApiAnswer(200, unregisteredAgentSchema)
  async block(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeUnregisteredAgentSchema }) body: Why,
  ) {
    await this.blockUnregisteredAgent.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Post(':id/unblock')
  @RequirePermission('block', 'UnregisteredAgent')
  @ApiAnswer(200, unregisteredAgentSchema)
  async unblock(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeUnregisteredAgentSchema }) body: Why,
  ) {
    await this.unblockUnregisteredAgent.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Post(':id/register')
  @RequirePermission('register', 'Agent')
  @ApiAnswer(201, agentDetailSchema)
  async register(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id: callerId }: Id,
    @Body({ schema: registerUnregisteredAgentSchema })
    body: z.infer<typeof registerUnregisteredAgentSchema>,
  ) {
    const { id } = await this.registerUnregisteredAgent.execute(actor, { ...body, callerId });
    return this.agents.get(actor, id);
  }
}
