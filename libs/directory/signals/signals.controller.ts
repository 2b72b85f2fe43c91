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
import { ChangeSignalStream } from './commands/change-signal-stream.js';
import { RegisterSignalStream } from './commands/register-signal-stream.js';
import { RetireSignalStream } from './commands/retire-signal-stream.js';
import { SignalQueries } from './signals.queries.js';
import {
  changeSignalStreamSchema,
  listSignalStreamsQuerySchema,
  registerSignalStreamSchema,
  retireSignalStreamSchema,
  signalStreamDetailSchema,
  signalStreamPageSchema,
} from './signals.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** Shared Signals streams for the console. */
@ApiTags('Shared Signals')
@Controller('api/v1/signal-streams')
export class SignalsController {
  constructor(
    private readonly queries: SignalQueries,
    private readonly registerStream: RegisterSignalStream,
    private readonly changeStream: ChangeSignalStream,
    private readonly retireStream: RetireSignalStream,
  ) {}

  @Get()
  @RequirePermission('read', 'SignalStream')
  @ApiAnswer(200, signalStreamPageSchema)
  list(
    @Query({ schema: listSignalStreamsQuerySchema })
    query: z.infer<typeof listSignalStreamsQuerySchema>,
  ) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'SignalStream')
  @ApiAnswer(200, signalStreamDetailSchema)
  get(@Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id);
  }

  @Post()
  @RequirePermission('register', 'SignalStream')
  @ApiAnswer(201, signalStreamDetailSchema)
  async register(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: registerSignalStreamSchema }) body: z.infer<typeof registerSignalStreamSchema>,
  ) {
    const { id } = await this.registerStream.execute(actor, body);
    return this.queries.get(id);
  }

  @Patch(':id')
  @RequirePermission('change', 'SignalStream')
  @ApiAnswer(200, signalStreamDetailSchema)
  async change(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeSignalStreamSchema }) body: z.infer<typeof changeSignalStreamSchema>,
  ) {
    await this.changeStream.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Post(':id/retire')
  @RequirePermission('retire', 'SignalStream')
  @ApiAnswer(200, signalStreamDetailSchema)
  async retire(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: retireSignalStreamSchema }) body: z.infer<typeof retireSignalStreamSchema>,
  ) {
    await this.retireStream.execute(actor, { ...body, id });
    return this.queries.get(id);
  }
}
