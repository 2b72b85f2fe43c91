import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { AddTeam } from './commands/add-team.js';
import { ChangeTeam } from './commands/change-team.js';
import { TeamQueries } from './teams.queries.js';
import {
  changeTeamSchema,
  registerTeamSchema,
  teamPageSchema,
  teamSchema,
} from './teams.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** Teams for the console. */
@ApiTags('People')
@Controller('api/v1/teams')
export class TeamsController {
  constructor(
    private readonly queries: TeamQueries,
    private readonly addTeam: AddTeam,
    private readonly changeTeam: ChangeTeam,
  ) {}

  @Get()
  @RequirePermission('read', 'Team')
  @ApiAnswer(200, teamPageSchema)
  list() {
    return this.queries.list();
  }

  @Get(':id')
  @RequirePermission('read', 'Team')
  @ApiAnswer(200, teamSchema)
  get(@Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id);
  }

  @Post()
  @RequirePermission('register', 'Team')
  @ApiAnswer(201, teamSchema)
  async add(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: registerTeamSchema }) body: z.infer<typeof registerTeamSchema>,
  ) {
    const { id } = await this.addTeam.execute(actor, body);
    return this.queries.get(id);
  }

  @Patch(':id')
  @RequirePermission('change', 'Team')
  @ApiAnswer(200, teamSchema)
  async change(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changeTeamSchema }) body: z.infer<typeof changeTeamSchema>,
  ) {
    await this.changeTeam.execute(actor, { ...body, id });
    return this.queries.get(id);
  }
}
