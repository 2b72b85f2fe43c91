import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import {
  ApiAnswer,
  CurrentActor,
  idParamsSchema,
  RequirePermission,
  type PersonActor,
} from '#libs/platform/http';
import type { z } from 'zod';
import { AddPerson } from './commands/add-person.js';
import { ChangePerson } from './commands/change-person.js';
import { ConfirmIdentity } from './commands/confirm-identity.js';
import { DisablePerson } from './commands/disable-person.js';
import { EnablePerson } from './commands/enable-person.js';
import { RejectIdentity } from './commands/reject-identity.js';
import { RevokePersonAccess } from './commands/revoke-person-access.js';
import { PeopleQueries } from './people.queries.js';
import { listPeopleQuerySchema, personDetailSchema, personPageSchema } from './people.schemas.js';

type Id = z.infer<typeof idParamsSchema>;

/** People for the console. */
@ApiTags('People')
@Controller('api/v1/people')
export class PeopleController extends commandRoutes(
  {
    queries: PeopleQueries,
    answer: personDetailSchema,
    read: (queries: PeopleQueries, id: string, actor: PersonActor) => queries.get(actor, id),
  },
  {
    add: commandRoute('POST', '', AddPerson),
    change: commandRoute('PATCH', ':id', ChangePerson),
    disable: commandRoute('POST', ':id/disable', DisablePerson),
    enable: commandRoute('POST', ':id/enable', EnablePerson),
    revoke: commandRoute('POST', ':id/revoke-access', RevokePersonAccess),
    confirmIdentity: commandRoute('POST', ':id/confirm-identity', ConfirmIdentity),
    rejectIdentity: commandRoute('POST', ':id/reject-identity', RejectIdentity),
  },
) {
  @Get()
  @RequirePermission('read', 'Person')
  @ApiAnswer(200, personPageSchema)
  list(@Query({ schema: listPeopleQuerySchema }) query: z.infer<typeof listPeopleQuerySchema>) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'Person')
  @ApiAnswer(200, personDetailSchema)
  get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(actor, id);
  }
}
