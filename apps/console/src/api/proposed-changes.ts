import { post } from './request.js';
import type { ProposedChangeDetail } from './types.js';

const decide = (verb: 'confirm' | 'reject' | 'withdraw') => (id: string, note: string) =>
  post<ProposedChangeDetail>(`/proposed-changes/${id}/${verb}`, { note });

/** What can be done to a proposed change. */
export const proposedChangeApi = {
  confirmProposedChange: decide('confirm'),
  rejectProposedChange: decide('reject'),
  withdrawProposedChange: decide('withdraw'),
};
