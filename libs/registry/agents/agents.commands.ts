import type { CommandClass } from '#libs/engine/commands';
import { ActivateAgent } from './commands/activate-agent.js';
import { BindAgent } from './commands/bind-agent.js';
import { ChangeAgent } from './commands/change-agent.js';
import { RevokeAgentTokens } from './commands/revoke-agent-tokens.js';
import { ReassignAgent } from './commands/reassign-agent.js';
import { RegisterAgent } from './commands/register-agent.js';
import { RetireAgent } from './commands/retire-agent.js';
import { SuspendAgent } from './commands/suspend-agent.js';
import { UnbindAgent } from './commands/unbind-agent.js';
import { EnforceAgentLimits } from './limits/enforce-agent-limits.js';

/** Every change of agents that people make. */
export const agentCommands = [
  RegisterAgent,
  ChangeAgent,
  ReassignAgent,
  BindAgent,
  UnbindAgent,
  ActivateAgent,
  SuspendAgent,
  RevokeAgentTokens,
  RetireAgent,
] as const satisfies readonly CommandClass[];

/** The changes of agents that the system makes by itself: the worker's. */
export const agentLimitCommands = [EnforceAgentLimits] as const satisfies readonly CommandClass[];
