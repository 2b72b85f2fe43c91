import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
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
import { DisablePerson } from './commands/disable-person.js';
import { EnablePerson } from './commands/enable-person.js';
import { RevokePersonAccess } from './commands/revoke-person-access.js';
import { PeopleQueries } from './people.queries.js';
import {
  changePersonSchema,
  listPeopleQuerySchema,
  personDetailSchema,
  personPageSchema,
  personReasonSchema,
  registerPersonSchema,
} from './people.schemas.js';

type Id = z.infer<typeof idParamsSchema>;
type Reason = z.infer<typeof personReasonSchema>;

/** People for the console. */
@ApiTags('People')
@Controller('api/v1/people')
export class PeopleController {
  constructor(
    private readonly queries: PeopleQueries,
    private readonly addPerson: AddPerson,
    private readonly changePerson: ChangePerson,
    private readonly disablePerson: DisablePerson,
    private readonly enablePerson: EnablePerson,
    private readonly revokeAccess: RevokePersonAccess,
  ) {}

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

  @Post()
  @RequirePermission('register', 'Person')
  @ApiAnswer(201, personDetailSchema)
  async add(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: registerPersonSchema }) body: z.infer<typeof registerPersonSchema>,
  ) {
    const { id } = await this.addPerson.execute(actor, body);
    return this.queries.get(actor, id);
  }

  @Patch(':id')
  @RequirePermission('change', 'Person')
  @ApiAnswer(200, personDetailSchema)
  async change(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: changePersonSchema }) body: z.infer<typeof changePersonSchema>,
  ) {
    await this.changePerson.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/disable')
  @RequirePermission('change', 'Person')
  @ApiAnswer(200, personDetailSchema)
  async disable(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: personReasonSchema }) body: Reason,
  ) {
    await this.disablePerson.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/enable')
  @RequirePermission('change', 'Person')
  @ApiAnswer(200, personDetailSchema)
  async enable(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: personReasonSchema }) body: Reason,
  ) {
    await this.enablePerson.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/revoke-access')
  @RequirePermission('revoke', 'Person')
  @ApiAnswer(200, personDetailSchema)
  async revoke(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: personReasonSchema }) body: Reason,
  ) {
    await this.revokeAccess.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }
}
