import type { CommandClass } from '#libs/engine/commands';
import { ClassifyTool } from './commands/classify-tool.js';
import { DiscoverAgain } from './commands/discover-again.js';
import { NoteFailedDiscovery } from './commands/note-failed-discovery.js';
import { PinTools } from './commands/pin-tools.js';
import { RegisterToolServer } from './commands/register-tool-server.js';

/** Every change of tool servers and tools. */
export const catalogCommands = [
  RegisterToolServer,
  DiscoverAgain,
  NoteFailedDiscovery,
  PinTools,
  ClassifyTool,
] as const satisfies readonly CommandClass[];
