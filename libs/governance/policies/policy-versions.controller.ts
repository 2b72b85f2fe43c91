import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes, commandRouteThen } from '#libs/engine/commands';
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
import { PolicyPublication } from './policy-publication.js';
import {
  decidePolicySchema,
  listPolicyVersionsQuerySchema,
  policyVersionDetailSchema,
  policyVersionPageSchema,
} from './policies.schemas.js';
import { PolicyVersionQueries } from './policy-versions.queries.js';

type Id = z.infer<typeof idParamsSchema>;

// A version that is written waits at once for the person who confirms its publication.
const PUBLICATION = { command: PublishPolicy, input: ({ id }: { id: string }) => ({ id }) };

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
    propose: commandRouteThen('POST', '', ProposePolicy, PUBLICATION),
    deny: commandRouteThen('POST', 'denials', ProposeDenial, PUBLICATION),
    proposePublication: commandRoute('POST', ':id/propose', PublishPolicy),
    reject: commandRoute('POST', ':id/reject', RejectPolicy),
    revoke: commandRoute('POST', ':id/revoke', RevokeAccessGrant),
  },
) {
  constructor(
    @Inject(PolicyVersionQueries) queries: PolicyVersionQueries,
    @Inject(ModuleRef) modules: ModuleRef,
    private readonly publication: PolicyPublication,
  ) {
    super(queries, modules);
  }

  /** Confirms the publication that somebody proposed. */
  @Post(':id/publish')
  @RequirePermission('read', 'PolicyVersion')
  @ApiAnswer(200, policyVersionDetailSchema)
  async publish(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: decidePolicySchema }) { note }: z.infer<typeof decidePolicySchema>,
  ) {
    await this.publication.confirm(actor, { id, note });
    return this.queries.get(actor, id);
  }

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
