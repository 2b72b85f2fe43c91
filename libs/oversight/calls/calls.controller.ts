import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { CallQueries } from './calls.queries.js';
import { callDetailSchema, callPageSchema, listCallsQuerySchema } from './calls.schemas.js';

/** Tool calls for the console; agents use the gateway. */
@ApiTags('Calls')
@Controller('api/v1/calls')
export class CallsController {
  constructor(private readonly queries: CallQueries) {}

  @Get()
  @RequirePermission('read', 'Call')
  @ApiAnswer(200, callPageSchema)
  list(
    @CurrentActor() actor: PersonActor,
    @Query({ schema: listCallsQuerySchema }) query: z.infer<typeof listCallsQuerySchema>,
  ) {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @RequirePermission('read', 'Call')
  @ApiAnswer(200, callDetailSchema)
  get(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>,
  ) {
    return this.queries.get(actor, id);
  }
}
