import { post } from './request.js';
import type { EmergencyAccess, OpenEmergency } from './types.js';

export const emergencyApi = {
  openEmergencyAccess: (body: OpenEmergency) => post<EmergencyAccess>('/emergency-access', body),
  closeEmergencyAccess: (id: string) => post<EmergencyAccess>(`/emergency-access/${id}/close`, {}),
  keepEmergencyChange: (id: string, changeId: string, reason: string) =>
    post<EmergencyAccess>(`/emergency-access/${id}/changes/${changeId}/keep`, { reason }),
};
