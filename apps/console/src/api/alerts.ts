import { post } from './request.js';
import type { Alert } from './types.js';

/** What can be done to an alert. */
export const alertApi = {
  acknowledgeAlert: (id: string, note: string) =>
    post<Alert>(`/alerts/${id}/acknowledge`, { note }),
};
