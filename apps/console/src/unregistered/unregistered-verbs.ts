import { post } from '../api/request.js';
import type { AgentDetail, RegisterCaller, UnregisteredCaller } from '../api/types.js';

/** What can be done to a caller that nobody registered. */
export const unregisteredVerbs = {
  blockCaller: (id: string, reason: string) =>
    post<UnregisteredCaller>(`/unregistered-callers/${id}/block`, { reason }),
  unblockCaller: (id: string, reason: string) =>
    post<UnregisteredCaller>(`/unregistered-callers/${id}/unblock`, { reason }),
  registerCaller: (id: string, body: RegisterCaller) =>
    post<AgentDetail>(`/unregistered-callers/${id}/register`, body),
};
