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
import { ApproveGroupMapping } from './commands/approve-group-mapping.js';
import { GroupMappingQueries } from './group-mappings.queries.js';
import {
  groupMappingPageSchema,
  groupMappingReasonSchema,
  groupMappingSchema,
  listGroupMappingsQuerySchema,
  proposeGroupMappingSchema,
} from './group-mappings.schemas.js';
import { ProposeGroupMapping } from './commands/propose-group-mapping.js';
import { RejectGroupMapping } from './commands/reject-group-mapping.js';
import { RemoveGroupMapping } from './commands/remove-group-mapping.js';

type Id = z.infer<typeof idParamsSchema>;
type Reason = z.infer<typeof groupMappingReasonSchema>;

/** Which groups give which role. */
@ApiTags('Roles')
@Controller('api/v1/group-mappings')
export class GroupMappingsController {
  constructor(
    private readonly queries: GroupMappingQueries,
    private readonly proposeMapping: ProposeGroupMapping,
    private readonly approveMapping: ApproveGroupMapping,
    private readonly rejectMapping: RejectGroupMapping,
    private readonly removeMapping: RemoveGroupMapping,
  ) {}

  @Get()
  @RequirePermission('read', 'GroupMapping')
  @ApiAnswer(200, groupMappingPageSchema)
  list(
    @Query({ schema: listGroupMappingsQuerySchema })
    query: z.infer<typeof listGroupMappingsQuerySchema>,
  ) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'GroupMapping')
  @ApiAnswer(200, groupMappingSchema)
  get(@Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.get(id);
  }

  @Post()
  @RequirePermission('propose', 'GroupMapping')
  @ApiAnswer(201, groupMappingSchema)
  async propose(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: proposeGroupMappingSchema }) body: z.infer<typeof proposeGroupMappingSchema>,
  ) {
    const { id } = await this.proposeMapping.execute(actor, body);
    return this.queries.get(id);
  }

  @Post(':id/approve')
  @RequirePermission('approve', 'GroupMapping')
  @ApiAnswer(200, groupMappingSchema)
  async approve(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: groupMappingReasonSchema }) body: Reason,
  ) {
    await this.approveMapping.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Post(':id/reject')
  @RequirePermission('reject', 'GroupMapping')
  @ApiAnswer(200, groupMappingSchema)
  async reject(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: groupMappingReasonSchema }) body: Reason,
  ) {
    await this.rejectMapping.execute(actor, { ...body, id });
    return this.queries.get(id);
  }

  @Post(':id/remove')
  @RequirePermission('withdraw', 'GroupMapping')
  @ApiAnswer(200, groupMappingSchema)
  async remove(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: groupMappingReasonSchema }) body: Reason,
  ) {
    await this.removeMapping.execute(actor, { ...body, id });
    return this.queries.get(id);
  }
}
