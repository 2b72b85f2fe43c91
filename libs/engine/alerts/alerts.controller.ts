import { Controller, Get, Param, Query } from '@nestjs/common';
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
import { AlertQueries } from './alerts.queries.js';
import { alertPageSchema, alertSchema, listAlertsQuerySchema } from './alerts.schemas.js';
import { AcknowledgeAlert } from './commands/acknowledge-alert.js';

type Id = z.infer<typeof idParamsSchema>;

/** Alerts for the console. */
@ApiTags('Alerts')
@Controller('api/v1/alerts')
export class AlertsController extends commandRoutes(
  {
    queries: AlertQueries,
    answer: alertSchema,
    read: (queries: AlertQueries, id: string, actor: PersonActor) => queries.get(actor, id),
  },
  {
    acknowledge: commandRoute('POST', ':id/acknowledge', AcknowledgeAlert),
  },
) {
  @Get()
  @RequirePermission('read', 'Alert')
  @ApiAnswer(200, alertPageSchema)
  list(
    @CurrentActor() actor: PersonActor,
    @Query({ schema: listAlertsQuerySchema }) query: z.infer<typeof listAlertsQuerySchema>,
  ) {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @RequirePermission('read', 'Alert')
  @ApiAnswer(200, alertSchema)
  get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(actor, id);
  }
}
