export { UnregisteredModule } from './unregistered-agents.module.js';
export { unregisteredCommands } from './unregistered-agents.commands.js';
export { BlockUnregisteredAgent } from './commands/block-unregistered-agent.js';
export { UnblockUnregisteredAgent } from './commands/block-unregistered-agent.js';
export { RegisterUnregisteredAgent } from './commands/register-unregistered-agent.js';
export { UnregisteredQueries } from './unregistered-agents.queries.js';
export {
  registerUnregisteredAgentSchema,
  unregisteredAgentSchema,
} from './unregistered-agents.schemas.js';
/** The inbox's writing side, for the gateway. */
export { UnregisteredAgents, type UnregisteredAgentsOptions } from './unregistered-agents.js';
/** What the gateway tells of such an agent. */
export type { RecordedAgent } from './recorded-agent.js';
