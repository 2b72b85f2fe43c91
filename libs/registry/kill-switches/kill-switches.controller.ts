import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import { ApiAnswer, RequirePermission } from '#libs/platform/http';
import type { z } from 'zod';
import { ReleaseKillSwitch } from './commands/release-kill-switch.js';
import { ActivateKillSwitch } from './commands/activate-kill-switch.js';
import { KillSwitchQueries } from './kill-switches.queries.js';
import {
  listKillSwitchesQuerySchema,
  killSwitchPageSchema,
  killSwitchSchema,
} from './kill-switches.schemas.js';

/** The kill switch button for the console. One agent is stopped by suspending it: `/api/v1/agents/{id}/suspend`. */
@ApiTags('Kill switches')
@Controller('api/v1/kill-switches')
export class KillSwitchesController extends commandRoutes(
  {
    queries: KillSwitchQueries,
    answer: killSwitchSchema,
    read: (queries: KillSwitchQueries, id: string) => queries.get(id),
  },
  {
    activate: commandRoute('POST', '', ActivateKillSwitch),
    release: commandRoute('POST', ':id/release', ReleaseKillSwitch),
  },
) {
  @Get()
  @RequirePermission('read', 'KillSwitch')
  @ApiAnswer(200, killSwitchPageSchema)
  list(
    @Query({ schema: listKillSwitchesQuerySchema })
    query: z.infer<typeof listKillSwitchesQuerySchema>,
  ) {
    return this.queries.list(query);
  }
}
