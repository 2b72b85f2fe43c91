import { useGetList } from 'react-admin';
import type { KillSwitch } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { useLive } from '../shared/live.js';

const REFRESH_MS = 10_000;
const MOST_SHOWN = 100;

/** What is stopped now, newest first; nothing for who may not see kill switches. */
export const useActiveKillSwitches = () => {
  const live = useLive(REFRESH_MS);
  const canRead = useCan()('read', 'KillSwitch');
  return useGetList<KillSwitch>(
    'kill-switches',
    { pagination: { page: 1, perPage: MOST_SHOWN }, filter: { inForce: 'true' } },
    { enabled: canRead, refetchInterval: live, onError: () => undefined },
  );
};
