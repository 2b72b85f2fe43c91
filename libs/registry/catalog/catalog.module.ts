import { Module } from '@nestjs/common';
import { catalogCommands, toolDiscoveryCommands } from './catalog.commands.js';
import { ToolServersController, ToolsController } from './catalog.controller.js';
import { CatalogQueries } from './catalog.queries.js';
import { ToolServerTestController } from './connection-test/tool-server-test.controller.js';
import { ToolServerTest } from './connection-test/tool-server-test.js';
import { ToolDiscovery } from './discovery/tool-discovery.js';

/** Tool servers and tools: needs a global `Database`, `CommandRuntime` and `OUTBOUND`. */
@Module({
  controllers: [ToolServerTestController, ToolServersController, ToolsController],
  providers: [
    CatalogQueries,
    ToolDiscovery,
    ToolServerTest,
    ...catalogCommands,
    ...toolDiscoveryCommands,
  ],
  exports: [CatalogQueries, ToolDiscovery, ...catalogCommands, ...toolDiscoveryCommands],
})
export class CatalogModule {}
