import type { CommandClass } from '#libs/commands';
import { ActivateAgent } from './commands/activate-agent.js';
import { BindAgent } from './commands/bind-agent.js';
import { RegisterAgent } from './commands/register-agent.js';
import { SuspendAgent } from './commands/suspend-agent.js';

/** Every change of agents. */
export const agentCommands = [
  RegisterAgent,
  BindAgent,
  ActivateAgent,
  SuspendAgent,
] as const satisfies readonly CommandClass[];
