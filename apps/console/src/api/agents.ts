import { get, patch, post } from './request.js';
import type { AgentDetail, AgentRights, BindAgent, ChangeAgent, ReassignAgent } from './types.js';

const act = (agentId: string, verb: string, body: unknown) =>
  post<AgentDetail>(`/agents/${agentId}/${verb}`, body);

/** What can be done to an agent. */
export const agentApi = {
  agentRights: (agentId: string, signal?: AbortSignal) =>
    get<AgentRights>(`/agents/${agentId}/rights`, { signal }),
  bindAgent: (agentId: string, body: BindAgent) => act(agentId, 'bindings', body),
  unbindAgent: (agentId: string, bindingId: string, reason: string) =>
    act(agentId, `bindings/${bindingId}/unbind`, { reason }),
  changeAgent: (agentId: string, body: ChangeAgent) =>
    patch<AgentDetail>(`/agents/${agentId}`, body),
  reassignAgent: (agentId: string, body: ReassignAgent) => act(agentId, 'reassign', body),
  activateAgent: (agentId: string, reason: string) => act(agentId, 'activate', { reason }),
  suspendAgent: (agentId: string, reason: string) => act(agentId, 'suspend', { reason }),
  revokeAgentTokens: (agentId: string, reason: string) => act(agentId, 'revoke-tokens', { reason }),
  retireAgent: (agentId: string, reason: string) => act(agentId, 'retire', { reason }),
};
