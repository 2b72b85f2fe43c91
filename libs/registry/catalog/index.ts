export { CatalogModule } from './catalog.module.js';
export { catalogCommands, toolDiscoveryCommands } from './catalog.commands.js';
export { RegisterToolServer } from './commands/register-tool-server.js';
export { ClassifyTool } from './commands/classify-tool.js';
export { RefreshTools } from './commands/refresh-tools.js';
export { RecordDiscoveryFailure } from './commands/record-discovery-failure.js';
export { PinTools } from './commands/pin-tools.js';
export { ToolDiscovery } from './discovery/tool-discovery.js';
export { CatalogQueries } from './catalog.queries.js';
export { loadToolFacts, loadToolTraits } from './catalog.facts.js';
export {
  classificationSchema,
  toolDetailSchema,
  toolSchema,
  toolServerDetailSchema,
  toolServerSchema,
} from './catalog.schemas.js';
