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
import { AlarmQueries } from './alarms.queries.js';
import {
  acknowledgeAlarmSchema,
  alarmPageSchema,
  alarmSchema,
  listAlarmsQuerySchema,
} from './alarms.schemas.js';
import { AcknowledgeAlarm } from './commands/acknowledge-alarm.js';

type Id = z.infer<typeof idParamsSchema>;

/** Alarms for the console. */
@ApiTags('Alarms')
@Controller('api/alarms')
export class AlarmsController {
  constructor(
    private readonly queries: AlarmQueries,
    private readonly acknowledgeAlarm: AcknowledgeAlarm,
  ) {}

  @Get()
  @RequirePermission('read', 'Alarm')
  @ApiAnswer(200, alarmPageSchema)
  list(@Query({ schema: listAlarmsQuerySchema }) query: z.infer<typeof listAlarmsQuerySchema>) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'Alarm')
  @ApiAnswer(200, alarmSchema)
  get(@Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id);
  }

  @Post(':id/acknowledge')
  @RequirePermission('acknowledge', 'Alarm')
  @ApiAnswer(200, alarmSchema)
  async acknowledge(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: acknowledgeAlarmSchema }) body: z.infer<typeof acknowledgeAlarmSchema>,
  ) {
    await this.acknowledgeAlarm.execute(actor, { ...body, id });
    return this.queries.get(id);
  }
}
