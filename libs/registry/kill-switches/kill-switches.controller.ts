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
import { ReleaseKillSwitch } from './commands/release-kill-switch.js';
import { ActivateKillSwitch } from './commands/activate-kill-switch.js';
import { KillSwitchQueries } from './kill-switches.queries.js';
import {
  releaseKillSwitchSchema,
  listKillSwitchesQuerySchema,
  newKillSwitchSchema,
  killSwitchPageSchema,
  killSwitchSchema,
} from './kill-switches.schemas.js';

/** The kill switch button for the console. One agent is stopped by suspending it: `/api/v1/agents/{id}/suspend`. */
@ApiTags('Kill switches')
@Controller('api/v1/kill-switches')
export class KillSwitchesController {
  constructor(
    private readonly queries: KillSwitchQueries,
    private readonly activateKillSwitch: ActivateKillSwitch,
    private readonly releaseKillSwitch: ReleaseKillSwitch,
  ) {}

  @Get()
  @RequirePermission('read', 'KillSwitch')
  @ApiAnswer(200, killSwitchPageSchema)
  list(
    @Query({ schema: listKillSwitchesQuerySchema })
    query: z.infer<typeof listKillSwitchesQuerySchema>,
  ) {
    return this.queries.list(query);
  }

  @Post()
  @RequirePermission('activate', 'KillSwitch')
  @ApiAnswer(201, killSwitchSchema)
  async activate(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: newKillSwitchSchema }) body: z.infer<typeof newKillSwitchSchema>,
  ) {
    const { id } = await this.activateKillSwitch.execute(actor, body);
    return this.queries.get(id);
  }

  @Post(':id/release')
  @RequirePermission('release', 'KillSwitch')
  @ApiAnswer(200, killSwitchSchema)
  async release(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>,
    @Body({ schema: releaseKillSwitchSchema }) body: z.infer<typeof releaseKillSwitchSchema>,
  ) {
    await this.releaseKillSwitch.execute(actor, { ...body, id });
    return this.queries.get(id);
  }
}
