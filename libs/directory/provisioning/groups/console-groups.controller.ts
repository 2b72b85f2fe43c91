import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, idParamsSchema, pageQuerySchema, RequirePermission } from '#libs/platform/http';
import type { z } from 'zod';
import {
  groupDetailSchema,
  groupPageSchema,
  listGroupsQuerySchema,
} from './console-groups.schemas.js';
import { GroupQueries } from './console-groups.queries.js';

/** Groups for the console; they are changed where they come from. */
@ApiTags('Provisioning')
@Controller('api/v1/groups')
export class GroupsController {
  constructor(private readonly queries: GroupQueries) {}

  @Get()
  @RequirePermission('read', 'Group')
  @ApiAnswer(200, groupPageSchema)
  list(@Query({ schema: listGroupsQuerySchema }) query: z.infer<typeof listGroupsQuerySchema>) {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequirePermission('read', 'Group')
  @ApiAnswer(200, groupDetailSchema)
  get(
    @Param({ schema: idParamsSchema }) { id }: z.infer<typeof idParamsSchema>,
    @Query({ schema: pageQuerySchema }) query: z.infer<typeof pageQuerySchema>,
  ) {
    return this.queries.get(id, query);
  }
}
