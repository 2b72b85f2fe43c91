import { useGetList } from 'react-admin';
import type { Stop } from '../api/types.js';
import { useMay } from '../session/session-store.js';
import { useLive } from '../shared/live.js';

const REFRESH_MS = 10_000;
const MOST_SHOWN = 100;

/** What is stopped now, newest first; nothing for who may not see stops. */
export const useStopsInForce = () => {
  const live = useLive(REFRESH_MS);
  const mayRead = useMay()('read', 'Stop');
  return useGetList<Stop>(
    'stops',
    { pagination: { page: 1, perPage: MOST_SHOWN }, filter: { inForce: 'true' } },
    { enabled: mayRead, refetchInterval: live, onError: () => undefined },
  );
};
