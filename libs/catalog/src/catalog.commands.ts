import type { CommandClass } from '#libs/commands';
import { PinTools } from './commands/pin-tools.js';
import { RegisterToolServer } from './commands/register-tool-server.js';

/** Every change of tool servers and tools. */
export const catalogCommands = [
  RegisterToolServer,
  PinTools,
] as const satisfies readonly CommandClass[];
