import { patch, post } from './request.js';
import type { ChangePerson, PersonDetail, RegisterPerson } from './types.js';

export const personApi = {
  addPerson: (body: RegisterPerson) => post<PersonDetail>('/people', body),
  changePerson: (id: string, body: ChangePerson) => patch<PersonDetail>(`/people/${id}`, body),
  disablePerson: (id: string, reason: string) =>
    post<PersonDetail>(`/people/${id}/disable`, { reason }),
  enablePerson: (id: string, reason: string) =>
    post<PersonDetail>(`/people/${id}/enable`, { reason }),
  revokePersonAccess: (id: string, reason: string) =>
    post<PersonDetail>(`/people/${id}/revoke-access`, { reason }),
  confirmIdentity: (id: string, body: IdentityDecision) =>
    post<PersonDetail>(`/people/${id}/confirm-identity`, body),
  rejectIdentity: (id: string, body: IdentityDecision) =>
    post<PersonDetail>(`/people/${id}/reject-identity`, body),
};

interface IdentityDecision {
  issuer: string;
  subject: string;
  reason: string;
}
