export { AgentsModule } from './agents.module.js';
export { agentCommands, agentLimitCommands } from './agents.commands.js';
/** The worker's part: suspends agents that expired or fell silent. */
export { AgentLimitsModule } from './limits/agent-limits.module.js';
export { AgentLimits } from './limits/agent-limits.js';
// Parts of other commands: each works in the caller's transaction, and the caller must change rights.
export { retireAgentNow, suspendAgentNow } from './agents.changes.js';
export { registerAgentIn, registrationFacts } from './agents.registration.js';
export { onAccessEnded } from './access-ended.js';
export { RegisterAgent } from './commands/register-agent.js';
export { BindAgent } from './commands/bind-agent.js';
export { ActivateAgent } from './commands/activate-agent.js';
export { SuspendAgent } from './commands/suspend-agent.js';
export { RetireAgent } from './commands/retire-agent.js';
export { ChangeAgent } from './commands/change-agent.js';
export { ReassignAgent } from './commands/reassign-agent.js';
export { RevokeAgentTokens } from './commands/revoke-agent-tokens.js';
export { UnbindAgent } from './commands/unbind-agent.js';
export { EnforceAgentLimits } from './limits/enforce-agent-limits.js';
export { askForStoppedIdentity } from './second-person/stopped-identity.js';
export { bindAgentIn } from './bindings/bind-in.js';
export {
  bindAgentSchema,
  bindingConditionsSchema,
  bindingSchema,
  type NewBinding,
} from './bindings/bindings.schemas.js';
export { AgentQueries } from './agents.queries.js';
export { loadAgentFacts, loadCallingAgents } from './agents.facts.js';
export { readableAgents } from './agents.access.js';
export {
  agentDetailSchema,
  agentRightsSchema,
  agentSchema,
  agentStateSchema,
  registerAgentSchema,
  riskTierSchema,
} from './agents.schemas.js';
