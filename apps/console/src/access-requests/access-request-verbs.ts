import { post } from '../api/request.js';
import type { AccessRequestDetail, DraftGrant } from '../api/types.js';

const act = (id: string, verb: string, body: unknown) =>
  post<AccessRequestDetail>(`/access-requests/${id}/${verb}`, body);

/** What can be done to a request for access. */
export const accessRequestVerbs = {
  draftGrant: (id: string, body: DraftGrant) => act(id, 'draft', body),
  refuseAccessRequest: (id: string, note: string) => act(id, 'refuse', { note }),
  withdrawAccessRequest: (id: string, note: string) => act(id, 'withdraw', { note }),
};
