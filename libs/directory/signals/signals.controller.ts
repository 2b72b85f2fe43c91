import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import { ApiAnswer, idParamsSchema, RequirePermission } from '#libs/platform/http';
import type { z } from 'zod';
import { ChangeSignalStream } from './commands/change-signal-stream.js';
import { RegisterSignalStream } from './commands/register-signal-stream.js';
import { RetireSignalStream } from './commands/retire-signal-stream.js';
import { SignalQueries } from './signals.queries.js';
import {
  listSignalStreamsQuerySchema,
  signalStreamDetailSchema,
  signalStreamPageSchema,
} from './signals.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** Shared Signals streams for the console. */
@ApiTags('Shared Signals')
@Controller('api/v1/signal-streams')
export class SignalsController extends commandRoutes(
  {
    queries: SignalQueries,
    answer: signalStreamDetailSchema,
    read: (queries: SignalQueries, id: string) => queries.get(id),
  },
  {
    register: commandRoute('POST', '', RegisterSignalStream),
    change: commandRoute('PATCH', ':id', ChangeSignalStream),
    retire: commandRoute('POST', ':id/retire', RetireSignalStream),
  },
) {
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
}
