import { Alert, Box } from '@mui/material';
import type { Stop } from '../api/types.js';
import { By } from '../policy-versions/by.js';
import { Quoted } from '../shared/quoted.js';
import { Time } from '../shared/time.js';
import { LiftButton } from './lift-button.js';
import { Stopped } from './stop-words.js';
import { useStopsInForce } from './stops-in-force.js';

/** One stop in force, so that nobody overlooks it: what, why, by whom, since when. */
export const StopNotice = ({ stop }: { stop: Stop }) => (
  <Alert
    severity="error"
    variant="outlined"
    sx={{ borderWidth: 2, bgcolor: 'background.paper', '& .MuiAlert-message': { flex: 1 } }}
    action={<LiftButton stop={stop} />}
  >
    <Box sx={{ fontSize: '1.05rem', fontWeight: 650 }}>
      <Stopped stop={stop} /> is stopped
    </Box>
    <Box>
      <Quoted text={stop.reason} max={300} /> · by <By person={stop.stoppedBy} />,{' '}
      <Time at={stop.stoppedAt} />. Every call to it is refused.
    </Box>
  </Alert>
);

/** On the page of a tool or a tool server: what stops it now. */
export const StoppedBy = ({ ids }: { ids: readonly string[] }) => {
  const { data = [] } = useStopsInForce();
  return data
    .filter(({ target }) => target !== null && ids.includes(target.id))
    .map((stop) => <StopNotice key={stop.id} stop={stop} />);
};
