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
import { AccessRequestQueries } from './access-requests.queries.js';
import {
  accessRequestDetailSchema,
  accessRequestPageSchema,
  decideAccessRequestSchema,
  draftAccessGrantSchema,
  listAccessRequestsQuerySchema,
  requestAccessSchema,
} from './access-requests.schemas.js';
import { DraftAccessGrant } from './commands/draft-access-grant.js';
import { RejectAccessRequest } from './commands/end-access-request.js';
import { RequestAccess } from './commands/request-access.js';
import { WithdrawAccessRequest } from './commands/end-access-request.js';

type Id = z.infer<typeof idParamsSchema>;

/** Access requests for the console: asked for, drafted and published by three people. */
@ApiTags('Access requests')
@Controller('api/v1/access-requests')
export class AccessRequestsController {
  constructor(
    private readonly queries: AccessRequestQueries,
    private readonly requestAccess: RequestAccess,
    private readonly draftAccessGrant: DraftAccessGrant,
    private readonly rejectAccessRequest: RejectAccessRequest,
    private readonly withdrawAccessRequest: WithdrawAccessRequest,
  ) {}

  @Get()
  @RequirePermission('read', 'AccessRequest')
  @ApiAnswer(200, accessRequestPageSchema)
  list(
    @CurrentActor() actor: PersonActor,
    @Query({ schema: listAccessRequestsQuerySchema })
    query: z.infer<typeof listAccessRequestsQuerySchema>,
  ) {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @RequirePermission('read', 'AccessRequest')
  @ApiAnswer(200, accessRequestDetailSchema)
  get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(actor, id);
  }

  @Post()
  @RequirePermission('request', 'AccessRequest')
  @ApiAnswer(201, accessRequestDetailSchema)
  async request(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: requestAccessSchema }) body: z.infer<typeof requestAccessSchema>,
  ) {
    const { id } = await this.requestAccess.execute(actor, body);
    return this.queries.get(actor, id);
  }

  @Post(':id/draft')
  @RequirePermission('draft', 'AccessRequest')
  @ApiAnswer(200, accessRequestDetailSchema)
  async draft(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: draftAccessGrantSchema }) body: z.infer<typeof draftAccessGrantSchema>,
  ) {
    await this.draftAccessGrant.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/reject')
  @RequirePermission('reject', 'AccessRequest')
  @ApiAnswer(200, accessRequestDetailSchema)
  async reject(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: decideAccessRequestSchema }) body: z.infer<typeof decideAccessRequestSchema>,
  ) {
    await this.rejectAccessRequest.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/withdraw')
  @RequirePermission('withdraw', 'AccessRequest')
  @ApiAnswer(200, accessRequestDetailSchema)
  async withdraw(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: decideAccessRequestSchema }) body: z.infer<typeof decideAccessRequestSchema>,
  ) {
    await this.withdrawAccessRequest.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }
}
