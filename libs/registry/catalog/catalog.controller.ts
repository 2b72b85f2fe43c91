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
import { CatalogQueries } from './catalog.queries.js';
import {
  classifyToolSchema,
  refreshToolsSchema,
  listToolServersQuerySchema,
  listToolsQuerySchema,
  registerToolServerSchema,
  toolDetailSchema,
  toolPageSchema,
  toolServerPageSchema,
  toolServerSchema,
} from './catalog.schemas.js';
import { ClassifyTool } from './commands/classify-tool.js';
import { RefreshTools } from './commands/refresh-tools.js';
import { RegisterToolServer } from './commands/register-tool-server.js';

type Id = z.infer<typeof idParamsSchema>;

/** Tool servers and tools for the console. */
@ApiTags('Catalog')
@Controller('api/v1')
export class CatalogController {
  constructor(
    private readonly queries: CatalogQueries,
    private readonly registerToolServer: RegisterToolServer,
    private readonly refreshTools: RefreshTools,
    private readonly classifyTool: ClassifyTool,
  ) {}

  @Get('tool-servers')
  @RequirePermission('read', 'ToolServer')
  @ApiAnswer(200, toolServerPageSchema)
  listServers(
    @Query({ schema: listToolServersQuerySchema })
    query: z.infer<typeof listToolServersQuerySchema>,
  ) {
    return this.queries.listServers(query);
  }

  @Get('tool-servers/:id')
  @RequirePermission('read', 'ToolServer')
  @ApiAnswer(200, toolServerSchema)
  getServer(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.getServer(actor, id);
  }

  @Post('tool-servers')
  @RequirePermission('register', 'ToolServer')
  @ApiAnswer(201, toolServerSchema)
  async register(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: registerToolServerSchema }) body: z.infer<typeof registerToolServerSchema>,
  ) {
    const { id } = await this.registerToolServer.execute(actor, body);
    return this.queries.getServer(actor, id);
  }

  @Post('tool-servers/:id/discovery')
  @RequirePermission('register', 'ToolServer')
  @ApiAnswer(200, toolServerSchema)
  async discover(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: refreshToolsSchema }) body: z.infer<typeof refreshToolsSchema>,
  ) {
    await this.refreshTools.execute(actor, { ...body, id });
    return this.queries.getServer(actor, id);
  }

  @Get('tools')
  @RequirePermission('read', 'Tool')
  @ApiAnswer(200, toolPageSchema)
  listTools(@Query({ schema: listToolsQuerySchema }) query: z.infer<typeof listToolsQuerySchema>) {
    return this.queries.listTools(query);
  }

  @Get('tools/:id')
  @RequirePermission('read', 'Tool')
  @ApiAnswer(200, toolDetailSchema)
  getTool(@CurrentActor() actor: PersonActor, @Param({ schema: idParamsSchema }) { id }: Id) {
    return this.queries.getTool(actor, id);
  }

  @Post('tools/:id/classification')
  @RequirePermission('classify', 'Tool')
  @ApiAnswer(200, toolDetailSchema)
  async classify(
    @CurrentActor() actor: PersonActor,
    @Param({ schema: idParamsSchema }) { id }: Id,
    @Body({ schema: classifyToolSchema }) body: z.infer<typeof classifyToolSchema>,
  ) {
    await this.classifyTool.execute(actor, { ...body, id });
    return this.queries.getTool(actor, id);
  }
}
