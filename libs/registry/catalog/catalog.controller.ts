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
import { CatalogQueries } from './catalog.queries.js';
import {
  listToolServersQuerySchema,
  listToolsQuerySchema,
  toolDetailSchema,
  toolPageSchema,
  toolServerDetailSchema,
  toolServerPageSchema,
} from './catalog.schemas.js';
import { ClassifyTool } from './commands/classify-tool.js';
import { RefreshTools } from './commands/refresh-tools.js';
import { SetChangedDefinitions } from './commands/set-changed-definitions.js';
import { TakeOverTools } from './commands/take-over-tools.js';
import { RegisterToolServer } from './commands/register-tool-server.js';

type Id = z.infer<typeof idParamsSchema>;

/** Tool servers for the console. */
@ApiTags('Catalog')
@Controller('api/v1/tool-servers')
export class ToolServersController extends commandRoutes(
  {
    queries: CatalogQueries,
    answer: toolServerDetailSchema,
    read: (queries: CatalogQueries, id: string, actor: PersonActor) => queries.getServer(actor, id),
  },
  {
    register: commandRoute('POST', '', RegisterToolServer),
    refreshTools: commandRoute('POST', ':id/refresh-tools', RefreshTools),
    takeOver: commandRoute('POST', ':id/take-over-tools', TakeOverTools),
    setChangedDefinitions: commandRoute('POST', ':id/changed-definitions', SetChangedDefinitions),
  },
) {
  @Get()
  @RequirePermission('read', 'ToolServer')
  @ApiAnswer(200, toolServerPageSchema)
  list(
    @Query({ schema: listToolServersQuerySchema })
    query: z.infer<typeof listToolServersQuerySchema>,
  ) {
    return this.queries.listServers(query);
  }

  @Get(':id')
  @RequirePermission('read', 'ToolServer')
  @ApiAnswer(200, toolServerDetailSchema)
  get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.getServer(actor, id);
  }
}

/** Tools for the console. */
@ApiTags('Catalog')
@Controller('api/v1/tools')
export class ToolsController extends commandRoutes(
  {
    queries: CatalogQueries,
    answer: toolDetailSchema,
    read: (queries: CatalogQueries, id: string, actor: PersonActor) => queries.getTool(actor, id),
  },
  { classify: commandRoute('POST', ':id/classification', ClassifyTool) },
) {
  @Get()
  @RequirePermission('read', 'Tool')
  @ApiAnswer(200, toolPageSchema)
  list(@Query({ schema: listToolsQuerySchema }) query: z.infer<typeof listToolsQuerySchema>) {
    return this.queries.listTools(query);
  }

  @Get(':id')
  @RequirePermission('read', 'Tool')
  @ApiAnswer(200, toolDetailSchema)
  get(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.getTool(actor, id);
  }
}
