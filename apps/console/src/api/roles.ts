import { get, post } from './request.js';
import type {
  GroupMapping,
  Page,
  MapGroup,
  RoleAssignment,
  RoleView,
  RoleWithdrawal,
} from './types.js';

const MAPPINGS_SHOWN = 100;

export const roleApi = {
  roles: (signal?: AbortSignal) => get<Page<RoleView>>('/roles', { signal }),
  assignRole: (body: RoleAssignment) => post<undefined>('/roles/assignments', body),
  withdrawRole: (body: RoleWithdrawal) => post<undefined>('/roles/withdrawals', body),
  groupMappings: (signal?: AbortSignal) =>
    get<Page<GroupMapping>>('/group-mappings', { query: { perPage: MAPPINGS_SHOWN }, signal }),
  mapGroup: (body: MapGroup) => post<GroupMapping>('/group-mappings', body),
  removeGroupMapping: (id: string, reason: string) =>
    post<GroupMapping>(`/group-mappings/${id}/remove`, { reason }),
};
