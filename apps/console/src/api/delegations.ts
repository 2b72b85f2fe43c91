import { get, post } from './request.js';
import type { Delegation, DelegationAgent, Page } from './types.js';

/** Standing delegations, and the agents that one can let act for oneself. */
export const delegationApi = {
  delegationAgents: (signal?: AbortSignal) =>
    get<Page<DelegationAgent>>('/delegations/agents', { signal }),
  withdrawDelegation: (id: string, reason: string) =>
    post<Delegation>(`/delegations/${id}/withdraw`, { reason }),
  revokeDelegation: (id: string, reason: string) =>
    post<Delegation>(`/delegations/${id}/revoke`, { reason }),
};
