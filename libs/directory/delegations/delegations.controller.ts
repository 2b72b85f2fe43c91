import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
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
import { GrantDelegation } from './commands/grant-delegation.js';
import { RevokeDelegation, WithdrawDelegation } from './commands/end-delegation.js';
import { DelegationQueries } from './delegations.queries.js';
import {
  delegationAgentPageSchema,
  delegationPageSchema,
  delegationSchema,
  grantDelegationSchema,
  listDelegationsQuerySchema,
} from './delegations.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** Standing delegations: everybody's own, and those of all for who may see them. */
@ApiTags('Delegations')
@Controller('api/v1/delegations')
export class DelegationsController extends commandRoutes(
  {
    queries: DelegationQueries,
    answer: delegationSchema,
    read: (queries: DelegationQueries, id: string, actor: PersonActor) => queries.get(actor, id),
  },
  {
    withdraw: commandRoute('POST', ':id/withdraw', WithdrawDelegation),
    revoke: commandRoute('POST', ':id/revoke', RevokeDelegation),
  },
) {
  @Get()
  @RequirePermission('read', 'Delegation')
  @ApiAnswer(200, delegationPageSchema)
  list(
    @CurrentActor() actor: PersonActor,
    @Query({ schema: listDelegationsQuerySchema })
    query: z.infer<typeof listDelegationsQuerySchema>,
  ) {
    return this.queries.list(actor, query);
  }

  @Get('agents')
  @RequirePermission('start', 'Delegation')
  @ApiAnswer(200, delegationAgentPageSchema)
  agents() {
    return this.queries.agents();
  }

  @Get(':id')
  @RequirePermission('read', 'Delegation')
  @ApiAnswer(200, delegationSchema)
  get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(actor, id);
  }

  @Post()
  @RequirePermission('start', 'Delegation')
  @ApiAnswer(201, delegationSchema)
  async grant(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: grantDelegationSchema }) body: z.infer<typeof grantDelegationSchema>,
  ) {
    const { id } = await this.execute(GrantDelegation, actor, { ...body, personId: actor.id });
    return this.queries.get(actor, id);
  }
}
