export { CatalogModule } from './catalog.module.js';
export { catalogCommands } from './catalog.commands.js';
export { RegisterToolServer } from './commands/register-tool-server.js';
export { ClassifyTool } from './commands/classify-tool.js';
export { DiscoverAgain } from './commands/discover-again.js';
export { NoteFailedDiscovery } from './commands/note-failed-discovery.js';
export { PinTools } from './commands/pin-tools.js';
export { ToolDiscovery } from './discovery/tool-discovery.js';
export { CatalogQueries } from './catalog.queries.js';
export { loadToolFacts } from './catalog.facts.js';
export {
  classificationSchema,
  toolDetailSchema,
  toolSchema,
  toolServerSchema,
} from './catalog.schemas.js';
