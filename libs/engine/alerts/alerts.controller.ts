import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import { ApiAnswer, idParamsSchema, RequirePermission } from '#libs/platform/http';
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
    read: (queries: AlertQueries, id: string) => queries.get(id),
  },
  {
    acknowledge: commandRoute('POST', ':id/acknowledge', AcknowledgeAlert),
  },
) {
  @Get()
  @RequirePermission('read', 'Alert')
  @ApiAnswer(200, alertPageSchema)
  list(@Query({ schema: listAlertsQuerySchema }) query: z.infer<typeof listAlertsQuerySchema>) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'Alert')
  @ApiAnswer(200, alertSchema)
  get(@Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id);
  }
}
