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
import { EmergencyQueries } from './emergency.queries.js';
import {
  emergencyPageSchema,
  emergencySchema,
  listEmergenciesQuerySchema,
  openEmergencySchema,
} from './emergency.schemas.js';
import { CloseEmergencyAccess } from './commands/close-emergency-access.js';
import { OpenEmergencyAccess } from './commands/open-emergency-access.js';

/** Emergency access for the console. */
@ApiTags('Roles')
@Controller('api/v1/emergency-access')
export class EmergencyController {
  constructor(
    private readonly queries: EmergencyQueries,
    private readonly openAccess: OpenEmergencyAccess,
    private readonly endAccess: CloseEmergencyAccess,
  ) {}

  @Get()
  @RequirePermission('read', 'EmergencyAccess')
  @ApiAnswer(200, emergencyPageSchema)
  list(
    @Query({ schema: listEmergenciesQuerySchema })
    query: z.infer<typeof listEmergenciesQuerySchema>,
  ) {
    return this.queries.list(query);
  }

  @Post()
  @RequirePermission('start', 'EmergencyAccess')
  @ApiAnswer(201, emergencySchema)
  async open(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: openEmergencySchema }) body: z.infer<typeof openEmergencySchema>,
  ) {
    const { id } = await this.openAccess.execute(actor, body);
    return this.queries.get(id);
  }

  @Post(':id/end')
  @RequirePermission('end', 'EmergencyAccess')
  @ApiAnswer(200, emergencySchema)
  async end(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>,
  ) {
    await this.endAccess.execute(actor, { id });
    return this.queries.get(id);
  }
}
