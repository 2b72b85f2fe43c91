import type { CommandClass } from '#libs/engine/commands';
import { ClassifyTool } from './commands/classify-tool.js';
import { RefreshTools } from './commands/refresh-tools.js';
import { RecordDiscoveryFailure } from './commands/record-discovery-failure.js';
import { PinTools } from './commands/pin-tools.js';
import { SetChangedDefinitions } from './commands/set-changed-definitions.js';
import { TakeOverTools } from './commands/take-over-tools.js';
import { RegisterToolServer } from './commands/register-tool-server.js';

/** What people change of tool servers and tools. */
export const catalogCommands = [
  RegisterToolServer,
  RefreshTools,
  ClassifyTool,
  TakeOverTools,
  SetChangedDefinitions,
] as const satisfies readonly CommandClass[];

/** What the worker does of it. */
export const toolDiscoveryCommands = [
  PinTools,
  RecordDiscoveryFailure,
] as const satisfies readonly CommandClass[];
