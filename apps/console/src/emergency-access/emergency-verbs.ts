import { post } from '../api/request.js';
import type { EmergencyAccess, OpenEmergency } from '../api/types.js';

export const emergencyVerbs = {
  openEmergencyAccess: (body: OpenEmergency) => post<EmergencyAccess>('/emergency-access', body),
  endEmergencyAccess: (id: string) => post<EmergencyAccess>(`/emergency-access/${id}/end`, {}),
};
