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
import { LiftStop } from './commands/lift-stop.js';
import { PressStop } from './commands/press-stop.js';
import { StopQueries } from './stops.queries.js';
import {
  liftStopSchema,
  listStopsQuerySchema,
  newStopSchema,
  stopPageSchema,
  stopSchema,
} from './stops.schemas.js';

/** The stop button for the console. One agent is stopped by suspending it: `/api/agents/{id}/suspend`. */
@ApiTags('Stops')
@Controller('api/stops')
export class StopsController {
  constructor(
    private readonly queries: StopQueries,
    private readonly pressStop: PressStop,
    private readonly liftStop: LiftStop,
  ) {}

  @Get()
  @RequirePermission('read', 'Stop')
  @ApiAnswer(200, stopPageSchema)
  list(@Query({ schema: listStopsQuerySchema }) query: z.infer<typeof listStopsQuerySchema>) {
    return this.queries.list(query);
  }

  @Post()
  @RequirePermission('stop', 'Stop')
  @ApiAnswer(201, stopSchema)
  async press(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: newStopSchema }) body: z.infer<typeof newStopSchema>,
  ) {
    const { id } = await this.pressStop.execute(actor, body);
    return this.queries.get(id);
  }

  @Post(':id/lift')
  @RequirePermission('lift', 'Stop')
  @ApiAnswer(200, stopSchema)
  async lift(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>,
    @Body({ schema: liftStopSchema }) body: z.infer<typeof liftStopSchema>,
  ) {
    await this.liftStop.execute(actor, { ...body, id });
    return this.queries.get(id);
  }
}
