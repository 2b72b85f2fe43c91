import type { CommandClass } from '#libs/engine/commands';
import { ClassifyTool } from './commands/classify-tool.js';
import { RefreshTools } from './commands/refresh-tools.js';
import { RecordDiscoveryFailure } from './commands/record-discovery-failure.js';
import { PinTools } from './commands/pin-tools.js';
import { RegisterToolServer } from './commands/register-tool-server.js';

/** Every change of tool servers and tools. */
export const catalogCommands = [
  RegisterToolServer,
  RefreshTools,
  RecordDiscoveryFailure,
  PinTools,
  ClassifyTool,
] as const satisfies readonly CommandClass[];
