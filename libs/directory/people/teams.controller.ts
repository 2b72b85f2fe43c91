import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import { ApiAnswer, idParamsSchema, RequirePermission } from '#libs/platform/http';
import type { z } from 'zod';
import { AddTeam } from './commands/add-team.js';
import { ChangeTeam } from './commands/change-team.js';
import { TeamQueries } from './teams.queries.js';
import { teamPageSchema, teamSchema } from './teams.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** Teams for the console. */
@ApiTags('People')
@Controller('api/v1/teams')
export class TeamsController extends commandRoutes(
  {
    queries: TeamQueries,
    answer: teamSchema,
    read: (queries: TeamQueries, id: string) => queries.get(id),
  },
  {
    add: commandRoute('POST', '', AddTeam),
    change: commandRoute('PATCH', ':id', ChangeTeam),
  },
) {
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
}
