import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import { ModuleRef } from '@nestjs/core';
import { agentDetailSchema, AgentQueries } from '#libs/registry/agents';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import {
  BlockUnregisteredAgent,
  UnblockUnregisteredAgent,
} from './commands/block-unregistered-agent.js';
import { RegisterUnregisteredAgent } from './commands/register-unregistered-agent.js';
import { UnregisteredQueries } from './unregistered-agents.queries.js';
import {
  listUnregisteredAgentsQuerySchema,
  registerUnregisteredAgentSchema,
  unregisteredAgentPageSchema,
  unregisteredAgentSchema,
} from './unregistered-agents.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** The inbox of agents whose tokens are good and whom nobody registered. */
@ApiTags('Unregistered agents')
@Controller('api/v1/unregistered-agents')
export class UnregisteredController extends commandRoutes(
  {
    queries: UnregisteredQueries,
    answer: unregisteredAgentSchema,
    read: (queries: UnregisteredQueries, id: string) => queries.get(id),
  },
  {
    block: commandRoute('POST', ':id/block', BlockUnregisteredAgent),
    unblock: commandRoute('POST', ':id/unblock', UnblockUnregisteredAgent),
  },
) {
  constructor(
    queries: UnregisteredQueries,
    modules: ModuleRef,
    private readonly agents: AgentQueries,
  ) {
    super(queries, modules);
  }

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

  @Post(':id/register')
  @RequirePermission('register', 'Agent')
  @ApiAnswer(201, agentDetailSchema)
  async register(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id: unregisteredAgentId }: Id,
    @Body({ schema: registerUnregisteredAgentSchema })
    body: z.infer<typeof registerUnregisteredAgentSchema>,
  ) {
    const { id } = await this.execute(RegisterUnregisteredAgent, actor, {
      ...body,
      unregisteredAgentId,
    });
    return this.agents.get(actor, id);
  }
}
