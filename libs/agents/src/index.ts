export { AgentsModule } from './agents.module.js';
export { agentCommands } from './agents.commands.js';
export { RegisterAgent } from './commands/register-agent.js';
export { BindAgent } from './commands/bind-agent.js';
export { ActivateAgent } from './commands/activate-agent.js';
export { SuspendAgent } from './commands/suspend-agent.js';
export { AgentQueries } from './agents.queries.js';
export { loadAgentFacts } from './agents.facts.js';
export { readableAgents } from './agents.access.js';
export {
  agentDetailSchema,
  agentRightsSchema,
  agentSchema,
  agentStateSchema,
  riskTierSchema,
  type AgentDetailView,
  type AgentView,
} from './agents.schemas.js';
