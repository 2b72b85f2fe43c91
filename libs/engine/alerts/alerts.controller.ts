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
import { AlertQueries } from './alerts.queries.js';
import {
  acknowledgeAlertSchema,
  alertPageSchema,
  alertSchema,
  listAlertsQuerySchema,
} from './alerts.schemas.js';
import { AcknowledgeAlert } from './commands/acknowledge-alert.js';

type Id = z.infer<typeof idParamsSchema>;

/** Alerts for the console. */
@ApiTags('Alerts')
@Controller('api/v1/alerts')
export class AlertsController {
  constructor(
    private readonly queries: AlertQueries,
    private readonly acknowledgeAlert: AcknowledgeAlert,
  ) {}

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

  @Post(':id/acknowledge')
  @RequirePermission('acknowledge', 'Alert')
  @ApiAnswer(200, alertSchema)
  async acknowledge(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: acknowledgeAlertSchema }) body: z.infer<typeof acknowledgeAlertSchema>,
  ) {
    await this.acknowledgeAlert.execute(actor, { ...body, id });
    return this.queries.get(id);
  }
}
