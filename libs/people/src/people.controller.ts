import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, RequirePermission } from '#libs/http';
import type { z } from 'zod';
import { PeopleQueries } from './people.queries.js';
import {
  issuerPageSchema,
  listPeopleQuerySchema,
  personPageSchema,
  teamPageSchema,
} from './people.schemas.js';

/** People, teams and trusted issuers for the console. */
@ApiTags('People')
@Controller('api')
export class PeopleController {
  constructor(private readonly queries: PeopleQueries) {}

  @Get('people')
  @RequirePermission('read', 'Person')
  @ApiAnswer(200, personPageSchema)
  list(@Query({ schema: listPeopleQuerySchema }) query: z.infer<typeof listPeopleQuerySchema>) {
    return this.queries.list(query);
  }

  @Get('teams')
  @RequirePermission('read', 'Team')
  @ApiAnswer(200, teamPageSchema)
  teams() {
    return this.queries.teams();
  }

  @Get('issuers')
  @RequirePermission('read', 'Issuer')
  @ApiAnswer(200, issuerPageSchema)
  issuers() {
    return this.queries.issuers();
  }
}
