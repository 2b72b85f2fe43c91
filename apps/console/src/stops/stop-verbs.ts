import { post } from '../api/request.js';
import type { NewStop, Stop } from '../api/types.js';

/** The stop button, and letting go of it. */
export const stopVerbs = {
  pressStop: (body: NewStop) => post<Stop>('/stops', body),
  liftStop: (id: string, reason: string) => post<Stop>(`/stops/${id}/lift`, { reason }),
};
