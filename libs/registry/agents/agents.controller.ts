import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { AgentQueries } from './agents.queries.js';
import {
  agentDetailSchema,
  agentPageSchema,
  changeAgentSchema,
  changeAgentStateSchema,
  listAgentsQuerySchema,
  reassignAgentSchema,
  registerAgentSchema,
} from './agents.schemas.js';
import { ActivateAgent } from './commands/activate-agent.js';
import { ChangeAgent } from './commands/change-agent.js';
import { RevokeAgentTokens } from './commands/revoke-agent-tokens.js';
import { ReassignAgent } from './commands/reassign-agent.js';
import { RegisterAgent } from './commands/register-agent.js';
import { RetireAgent } from './commands/retire-agent.js';
import { SuspendAgent } from './commands/suspend-agent.js';

type Id = z.infer<typeof idParamsSchema>;

/** Agents for the console. */
@ApiTags('Agents')
@Controller('api/v1/agents')
export class AgentsController {
  constructor(
    private readonly queries: AgentQueries,
    private readonly registerAgent: RegisterAgent,
    private readonly changeAgent: ChangeAgent,
    private readonly reassignAgent: ReassignAgent,
    private readonly activateAgent: ActivateAgent,
    private readonly suspendAgent: SuspendAgent,
    private readonly revokeAgentTokens: RevokeAgentTokens,
    private readonly retireAgent: RetireAgent,
  ) {}

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
  get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(actor, id);
  }

  @Post()
  @RequirePermission('register', 'Agent')
  @ApiAnswer(201, agentDetailSchema)
  async register(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: registerAgentSchema }) body: z.infer<typeof registerAgentSchema>,
  ) {
    const { id } = await this.registerAgent.execute(actor, body);
    return this.queries.get(actor, id);
  }

  @Patch(':id')
  @RequirePermission('change', 'Agent')
  @ApiAnswer(200, agentDetailSchema)
  async change(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeAgentSchema }) body: z.infer<typeof changeAgentSchema>,
  ) {
    await this.changeAgent.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/reassign')
  @RequirePermission('change', 'Agent')
  @ApiAnswer(200, agentDetailSchema)
  async reassign(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: reassignAgentSchema }) body: z.infer<typeof reassignAgentSchema>,
  ) {
    await this.reassignAgent.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/activate')
  @RequirePermission('activate', 'Agent')
  @ApiAnswer(200, agentDetailSchema)
  async activate(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeAgentStateSchema }) body: z.infer<typeof changeAgentStateSchema>,
  ) {
    await this.activateAgent.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/suspend')
  @RequirePermission('suspend', 'Agent')
  @ApiAnswer(200, agentDetailSchema)
  async suspend(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeAgentStateSchema }) body: z.infer<typeof changeAgentStateSchema>,
  ) {
    await this.suspendAgent.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/revoke-tokens')
  @RequirePermission('suspend', 'Agent')
  @ApiAnswer(200, agentDetailSchema)
  async revokeTokens(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeAgentStateSchema }) body: z.infer<typeof changeAgentStateSchema>,
  ) {
    await this.revokeAgentTokens.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/retire')
  @RequirePermission('retire', 'Agent')
  @ApiAnswer(200, agentDetailSchema)
  async retire(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeAgentStateSchema }) body: z.infer<typeof changeAgentStateSchema>,
  ) {
    await this.retireAgent.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }
}
