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
import { RevokeAccessGrant } from './commands/revoke-access-grant.js';
import { ProposeDenial } from './commands/propose-denial.js';
import { ProposePolicy } from './commands/propose-policy.js';
import { PublishPolicy } from './commands/publish-policy.js';
import { RejectPolicy } from './commands/reject-policy.js';
import {
  listPolicyVersionsQuerySchema,
  policyVersionDetailSchema,
  policyVersionPageSchema,
} from './policies.schemas.js';
import { PolicyVersionQueries } from './policy-versions.queries.js';

type Id = z.infer<typeof idParamsSchema>;

/** Policy versions for the console: proposed by one person, decided by another. */
@ApiTags('Policies')
@Controller('api/v1/policy-versions')
export class PolicyVersionsController extends commandRoutes(
  {
    queries: PolicyVersionQueries,
    answer: policyVersionDetailSchema,
    read: (queries: PolicyVersionQueries, id: string, actor: PersonActor) => queries.get(actor, id),
  },
  {
    propose: commandRoute('POST', '', ProposePolicy),
    deny: commandRoute('POST', 'denials', ProposeDenial),
    publish: commandRoute('POST', ':id/publish', PublishPolicy),
    reject: commandRoute('POST', ':id/reject', RejectPolicy),
    revoke: commandRoute('POST', ':id/revoke', RevokeAccessGrant),
  },
) {
  @Get()
  @RequirePermission('read', 'PolicyVersion')
  @ApiAnswer(200, policyVersionPageSchema)
  list(
    @Query({ schema: listPolicyVersionsQuerySchema })
    query: z.infer<typeof listPolicyVersionsQuerySchema>,
  ) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'PolicyVersion')
  @ApiAnswer(200, policyVersionDetailSchema)
  get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(actor, id);
  }
}
