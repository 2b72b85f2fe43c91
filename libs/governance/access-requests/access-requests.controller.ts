import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes, commandRouteThen } from '#libs/engine/commands';
import { PublishPolicy } from '#libs/governance/policies';
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
  listAccessRequestsQuerySchema,
} from './access-requests.schemas.js';
import { DraftAccessGrant } from './commands/draft-access-grant.js';
import { RejectAccessRequest, WithdrawAccessRequest } from './commands/end-access-request.js';
import { RequestAccess } from './commands/request-access.js';

type Id = z.infer<typeof idParamsSchema>;

/** Access requests for the console: asked for, drafted and published by three people. */
@ApiTags('Access requests')
@Controller('api/v1/access-requests')
export class AccessRequestsController extends commandRoutes(
  {
    queries: AccessRequestQueries,
    answer: accessRequestDetailSchema,
    read: (queries: AccessRequestQueries, id: string, actor: PersonActor) => queries.get(actor, id),
  },
  {
    request: commandRoute('POST', '', RequestAccess),
    draft: commandRouteThen('POST', ':id/draft', DraftAccessGrant, {
      command: PublishPolicy,
      input: ({ versionId }: { versionId: string }) => ({ id: versionId }),
    }),
    reject: commandRoute('POST', ':id/reject', RejectAccessRequest),
    withdraw: commandRoute('POST', ':id/withdraw', WithdrawAccessRequest),
  },
) {
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
}
