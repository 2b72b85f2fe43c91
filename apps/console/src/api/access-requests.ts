import { post } from './request.js';
import type { AccessRequestDetail, DraftAccessGrant } from './types.js';

const act = (id: string, verb: string, body: unknown) =>
  post<AccessRequestDetail>(`/access-requests/${id}/${verb}`, body);

/** What can be done to a request for access. */
export const accessRequestApi = {
  draftAccessGrant: (id: string, body: DraftAccessGrant) => act(id, 'draft', body),
  rejectAccessRequest: (id: string, note: string) => act(id, 'reject', { note }),
  withdrawAccessRequest: (id: string, note: string) => act(id, 'withdraw', { note }),
};
