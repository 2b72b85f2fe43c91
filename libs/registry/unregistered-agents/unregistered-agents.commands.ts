import type { CommandClass } from '#libs/engine/commands';
import {
  BlockUnregisteredAgent,
  UnblockUnregisteredAgent,
} from './commands/block-unregistered-agent.js';
import { RegisterUnregisteredAgent } from './commands/register-unregistered-agent.js';

/** Every change of unregistered agents. */
export const unregisteredCommands = [
  BlockUnregisteredAgent,
  UnblockUnregisteredAgent,
  RegisterUnregisteredAgent,
] as const satisfies readonly CommandClass[];
