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
import { RevokeAccessGrant } from './commands/revoke-access-grant.js';
import { ProposeDenial } from './commands/propose-denial.js';
import { ProposePolicy } from './commands/propose-policy.js';
import { PublishPolicy } from './commands/publish-policy.js';
import { RejectPolicy } from './commands/reject-policy.js';
import {
  decidePolicySchema,
  revokeAccessGrantSchema,
  listPolicyVersionsQuerySchema,
  policyVersionDetailSchema,
  policyVersionPageSchema,
  proposeDenialSchema,
  proposePolicySchema,
} from './policies.schemas.js';
import { PolicyVersionQueries } from './policy-versions.queries.js';

type Id = z.infer<typeof idParamsSchema>;

/** Policy versions for the console: proposed by one person, decided by another. */
@ApiTags('Policies')
@Controller('api/v1/policy-versions')
export class PolicyVersionsController {
  constructor(
    private readonly queries: PolicyVersionQueries,
    private readonly proposePolicy: ProposePolicy,
    private readonly proposeDenial: ProposeDenial,
    private readonly publishPolicy: PublishPolicy,
    private readonly rejectPolicy: RejectPolicy,
    private readonly revokeAccessGrant: RevokeAccessGrant,
  ) {}

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

  @Post()
  @RequirePermission('propose', 'PolicyVersion')
  @ApiAnswer(201, policyVersionDetailSchema)
  async propose(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: proposePolicySchema }) body: z.infer<typeof proposePolicySchema>,
  ) {
    const { id } = await this.proposePolicy.execute(actor, body);
    return this.queries.get(actor, id);
  }

  @Post('denials')
  @RequirePermission('propose', 'PolicyVersion')
  @ApiAnswer(201, policyVersionDetailSchema)
  async deny(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: proposeDenialSchema }) body: z.infer<typeof proposeDenialSchema>,
  ) {
    const { id } = await this.proposeDenial.execute(actor, body);
    return this.queries.get(actor, id);
  }

  @Post(':id/publish')
  @RequirePermission('publish', 'PolicyVersion')
  @ApiAnswer(200, policyVersionDetailSchema)
  async publish(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: decidePolicySchema }) body: z.infer<typeof decidePolicySchema>,
  ) {
    await this.publishPolicy.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/reject')
  @RequirePermission('reject', 'PolicyVersion')
  @ApiAnswer(200, policyVersionDetailSchema)
  async reject(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: decidePolicySchema }) body: z.infer<typeof decidePolicySchema>,
  ) {
    await this.rejectPolicy.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }

  @Post(':id/end')
  @RequirePermission('end', 'PolicyVersion')
  @ApiAnswer(200, policyVersionDetailSchema)
  async end(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: revokeAccessGrantSchema }) body: z.infer<typeof revokeAccessGrantSchema>,
  ) {
    await this.revokeAccessGrant.execute(actor, { ...body, id });
    return this.queries.get(actor, id);
  }
}
