import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { GrantDelegation } from './commands/grant-delegation.js';
import { RevokeDelegation } from './commands/end-delegation.js';
import { WithdrawDelegation } from './commands/end-delegation.js';
import { DelegationQueries } from './delegations.queries.js';
import {
  delegationAgentPageSchema,
  delegationPageSchema,
  delegationReasonSchema,
  delegationSchema,
  grantDelegationSchema,
  listDelegationsQuerySchema,
} from './delegations.schemas.js';

type Id = z.infer<typeof idParamsSchema>;
type Reason = z.infer<typeof delegationReasonSchema>;

/** Standing delegations: everybody's own, and those of all for who may see them. */
@ApiTags('Delegations')
@Controller('api/v1/delegations')
export class DelegationsController {
  constructor(
    private readonly queries: DelegationQueries,
    private readonly grantDelegation: GrantDelegation,
    private readonly withdrawDelegation: WithdrawDelegation,
    private readonly revokeDelegation: RevokeDelegation,
  ) {}

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
    const { id } = await this.grantDelegation.execute(actor, { ...body, personId: actor.id });
    return this.queries.get(actor, id);
  }

  @Post(':id/withdraw')
  @RequirePermission('withdraw', 'Delegation')
  @ApiAnswer(200, delegationSchema)
  async withdraw(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: delegationReasonSchema }) body: Reason,
  ) {
    await this.withdrawDelegation.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/revoke')
  @RequirePermission('revoke', 'Delegation')
  @ApiAnswer(200, delegationSchema)
  async revoke(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: delegationReasonSchema }) body: Reason,
  ) {
    await this.revokeDelegation.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }
}
