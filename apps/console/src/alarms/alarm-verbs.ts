import { post } from '../api/request.js';
import type { Alarm } from '../api/types.js';

/** What can be done to an alarm. */
export const alarmVerbs = {
  acknowledgeAlarm: (id: string, note: string) =>
    post<Alarm>(`/alarms/${id}/acknowledge`, { note }),
};
