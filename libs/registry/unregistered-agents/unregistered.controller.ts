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
import { BlockCaller } from './commands/block-caller.js';
import { RegisterCaller } from './commands/register-caller.js';
import { UnblockCaller } from './commands/unblock-caller.js';
import { UnregisteredQueries } from './unregistered.queries.js';
import {
  changeCallerSchema,
  listCallersQuerySchema,
  registerCallerSchema,
  unregisteredCallerPageSchema,
  unregisteredCallerSchema,
} from './unregistered.schemas.js';

type Id = z.infer<typeof idParamsSchema>;
type Why = z.infer<typeof changeCallerSchema>;

/** The inbox of callers whose tokens are good and whom nobody registered. */
@ApiTags('Unregistered callers')
@Controller('api/unregistered-callers')
export class UnregisteredController {
  constructor(
    private readonly queries: UnregisteredQueries,
    private readonly agents: AgentQueries,
    private readonly blockCaller: BlockCaller,
    private readonly unblockCaller: UnblockCaller,
    private readonly registerCaller: RegisterCaller,
  ) {}

  @Get()
  @RequirePermission('read', 'UnregisteredCaller')
  @ApiAnswer(200, unregisteredCallerPageSchema)
  list(@Query({ schema: listCallersQuerySchema }) query: z.infer<typeof listCallersQuerySchema>) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'UnregisteredCaller')
  @ApiAnswer(200, unregisteredCallerSchema)
  get(@Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id);
  }

  @Post(':id/block')
  @RequirePermission('block', 'UnregisteredCaller')
  @ApiAnswer(200, unregisteredCallerSchema)
  async block(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeCallerSchema }) body: Why,
  ) {
    await this.blockCaller.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Post(':id/unblock')
  @RequirePermission('block', 'UnregisteredCaller')
  @ApiAnswer(200, unregisteredCallerSchema)
  async unblock(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeCallerSchema }) body: Why,
  ) {
    await this.unblockCaller.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Post(':id/register')
  @RequirePermission('register', 'Agent')
  @ApiAnswer(201, agentDetailSchema)
  async register(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id: callerId }: Id,
    @Body({ schema: registerCallerSchema }) body: z.infer<typeof registerCallerSchema>,
  ) {
    const { id } = await this.registerCaller.execute(actor, { ...body, callerId });
    return this.agents.get(actor, id);
  }
}
