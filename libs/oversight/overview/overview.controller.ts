import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, CurrentActor, RequirePermission, type PersonActor } from '#libs/platform/http';
import { OverviewQueries } from './overview.queries.js';
import { overviewSchema } from './overview.schemas.js';

/** The console's first page. */
@ApiTags('Overview')
@Controller('api/v1/overview')
export class OverviewController {
  constructor(private readonly queries: OverviewQueries) {}

  @Get()
  @RequirePermission('read', 'Overview')
  @ApiAnswer(200, overviewSchema)
  get(@CurrentActor() actor: PersonActor) {
    return this.queries.get(actor);
  }
}
