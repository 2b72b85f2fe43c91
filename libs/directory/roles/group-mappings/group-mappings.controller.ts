import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commandRoute, commandRoutes } from '#libs/engine/commands';
import { ApiAnswer, idParamsSchema, RequirePermission } from '#libs/platform/http';
import type { z } from 'zod';
import { GroupMappingQueries } from './group-mappings.queries.js';
import {
  groupMappingPageSchema,
  groupMappingSchema,
  listGroupMappingsQuerySchema,
} from './group-mappings.schemas.js';
import { MapGroup } from './commands/map-group.js';
import { RemoveGroupMapping } from './commands/remove-group-mapping.js';

type Id = z.infer<typeof idParamsSchema>;

/** Which groups give which role. */
@ApiTags('Roles')
@Controller('api/v1/group-mappings')
export class GroupMappingsController extends commandRoutes(
  {
    queries: GroupMappingQueries,
    answer: groupMappingSchema,
    read: (queries: GroupMappingQueries, id: string) => queries.get(id),
  },
  {
    map: commandRoute('POST', '', MapGroup),
    remove: commandRoute('POST', ':id/remove', RemoveGroupMapping),
  },
) {
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
}
