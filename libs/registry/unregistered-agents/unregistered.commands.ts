import type { CommandClass } from '#libs/engine/commands';
import { BlockCaller } from './commands/block-caller.js';
import { RegisterCaller } from './commands/register-caller.js';
import { UnblockCaller } from './commands/unblock-caller.js';

/** Every change of unregistered callers. */
export const unregisteredCommands = [
  BlockCaller,
  UnblockCaller,
  RegisterCaller,
] as const satisfies readonly CommandClass[];
