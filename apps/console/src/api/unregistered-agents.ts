import { post } from './request.js';
import type { AgentDetail, RegisterUnregisteredAgent, UnregisteredAgent } from './types.js';

/** What can be done to an agent that nobody registered. */
export const unregisteredApi = {
  blockUnregisteredAgent: (id: string, reason: string) =>
    post<UnregisteredAgent>(`/unregistered-agents/${id}/block`, { reason }),
  unblockUnregisteredAgent: (id: string, reason: string) =>
    post<UnregisteredAgent>(`/unregistered-agents/${id}/unblock`, { reason }),
  registerUnregisteredAgent: (id: string, body: RegisterUnregisteredAgent) =>
    post<AgentDetail>(`/unregistered-agents/${id}/register`, body),
};
