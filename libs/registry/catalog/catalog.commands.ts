import type { CommandClass } from '#libs/engine/commands';
import { ClassifyTool } from './commands/classify-tool.js';
import { RefreshTools } from './commands/refresh-tools.js';
import { RecordDiscoveryFailure } from './commands/record-discovery-failure.js';
import { PinTools } from './commands/pin-tools.js';
import { RegisterToolServer } from './commands/register-tool-server.js';

/** What people change of tool servers and tools. */
export const catalogCommands = [
  RegisterToolServer,
  RefreshTools,
  ClassifyTool,
] as const satisfies readonly CommandClass[];

/** What the worker does of it. */
export const toolDiscoveryCommands = [
  PinTools,
  RecordDiscoveryFailure,
] as const satisfies readonly CommandClass[];
