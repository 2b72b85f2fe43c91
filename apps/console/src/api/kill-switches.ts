import { post } from './request.js';
import type { NewKillSwitch, KillSwitch } from './types.js';

/** The kill switch button, and letting go of it. */
export const killSwitchApi = {
  activateKillSwitch: (body: NewKillSwitch) => post<KillSwitch>('/kill-switches', body),
  releaseKillSwitch: (id: string, reason: string) =>
    post<KillSwitch>(`/kill-switches/${id}/release`, { reason }),
};
