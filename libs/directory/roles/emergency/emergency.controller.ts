import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import { ApiAnswer, RequirePermission } from '#libs/platform/http';
import type { z } from 'zod';
import { EmergencyQueries } from './emergency.queries.js';
import {
  emergencyPageSchema,
  emergencySchema,
  listEmergenciesQuerySchema,
} from './emergency.schemas.js';
import { CloseEmergencyAccess } from './commands/close-emergency-access.js';
import { KeepEmergencyChange } from './commands/keep-emergency-change.js';
import { OpenEmergencyAccess } from './commands/open-emergency-access.js';

/** Emergency access for the console. */
@ApiTags('Roles')
@Controller('api/v1/emergency-access')
export class EmergencyController extends commandRoutes(
  {
    queries: EmergencyQueries,
    answer: emergencySchema,
    read: (queries: EmergencyQueries, id: string) => queries.get(id),
  },
  {
    open: commandRoute('POST', '', OpenEmergencyAccess),
    close: commandRoute('POST', ':id/close', CloseEmergencyAccess),
    keep: commandRoute('POST', ':id/changes/:changeId/keep', KeepEmergencyChange),
  },
) {
  @Get()
  @RequirePermission('read', 'EmergencyAccess')
  @ApiAnswer(200, emergencyPageSchema)
  list(
    @Query({ schema: listEmergenciesQuerySchema })
    query: z.infer<typeof listEmergenciesQuerySchema>,
  ) {
    return this.queries.list(query);
  }
}
