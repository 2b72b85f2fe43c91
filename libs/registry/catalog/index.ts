export { CatalogModule } from './catalog.module.js';
export { catalogCommands, toolDiscoveryCommands } from './catalog.commands.js';
export { RegisterToolServer } from './commands/register-tool-server.js';
export { ClassifyTool } from './commands/classify-tool.js';
export { RefreshTools } from './commands/refresh-tools.js';
export { RecordDiscoveryFailure } from './commands/record-discovery-failure.js';
export { SetChangedDefinitions } from './commands/set-changed-definitions.js';
export { TakeOverTools } from './commands/take-over-tools.js';
export { PinTools } from './commands/pin-tools.js';
export { ToolDiscovery } from './discovery/tool-discovery.js';
export { CatalogQueries } from './catalog.queries.js';
export { toolStateOf, type ToolState } from './tool-state.js';
export { loadToolFacts, loadToolTraits } from './catalog.facts.js';
export {
  classificationSchema,
  toolDetailSchema,
  toolSchema,
  toolServerDetailSchema,
  toolServerSchema,
} from './catalog.schemas.js';
