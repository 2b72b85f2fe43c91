import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
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
import { ConfirmChange } from './confirm-change.js';
import {
  decisionNoteSchema,
  RejectProposedChange,
  WithdrawProposedChange,
} from './commands/decide-proposed-change.js';
import { ProposedChangeQueries } from './proposed-changes.queries.js';
import {
  listProposedChangesQuerySchema,
  proposedChangeDetailSchema,
  proposedChangePageSchema,
} from './proposed-changes.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** Changes that wait for a second person. */
@ApiTags('Proposed changes')
@Controller('api/v1/proposed-changes')
export class ProposedChangesController extends commandRoutes(
  {
    queries: ProposedChangeQueries,
    answer: proposedChangeDetailSchema,
    read: (queries: ProposedChangeQueries, id: string, actor: PersonActor) =>
      queries.get(id, actor),
  },
  {
    reject: commandRoute('POST', ':id/reject', RejectProposedChange),
    withdraw: commandRoute('POST', ':id/withdraw', WithdrawProposedChange),
  },
) {
  constructor(
    @Inject(ProposedChangeQueries) queries: ProposedChangeQueries,
    @Inject(ModuleRef) modules: ModuleRef,
    private readonly confirmation: ConfirmChange,
  ) {
    super(queries, modules);
  }

  @Get()
  @RequirePermission('read', 'ProposedChange')
  @ApiAnswer(200, proposedChangePageSchema)
  list(
    @CurrentActor() actor: PersonActor,
    @Query({ schema: listProposedChangesQuerySchema })
    query: z.infer<typeof listProposedChangesQuerySchema>,
  ) {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @RequirePermission('read', 'ProposedChange')
  @ApiAnswer(200, proposedChangeDetailSchema)
  get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id, actor);
  }

  @Post(':id/confirm')
  @RequirePermission('confirm', 'ProposedChange')
  @ApiAnswer(200, proposedChangeDetailSchema)
  async confirm(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: decisionNoteSchema }) { note }: z.infer<typeof decisionNoteSchema>,
  ) {
    await this.confirmation.confirm(actor, id, note);
    return this.queries.get(id, actor);
  }
}
