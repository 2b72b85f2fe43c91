import { Alert, Box } from '@mui/material';
import type { KillSwitch } from '../api/types.js';
import { ByPerson } from '../shared/by-person.js';
import { Quoted } from '../shared/quoted.js';
import { Time } from '../shared/time.js';
import { ReleaseButton } from './release-button.js';
import { TargetLink } from './kill-switch-target.js';
import { useActiveKillSwitches } from './active-kill-switches.js';

/** One kill switch in force, so that nobody overlooks it: what, why, by whom, since when. */
export const KillSwitchNotice = ({ killSwitch }: { killSwitch: KillSwitch }) => (
  <Alert
    severity="error"
    variant="outlined"
    sx={{ borderWidth: 2, bgcolor: 'background.paper', '& .MuiAlert-message': { flex: 1 } }}
    action={<ReleaseButton killSwitch={killSwitch} />}
  >
    <Box sx={{ fontSize: '1.05rem', fontWeight: 650 }}>
      <TargetLink killSwitch={killSwitch} /> is stopped
    </Box>
    <Box>
      <Quoted text={killSwitch.reason} max={300} /> · by{' '}
      <ByPerson person={killSwitch.activatedBy} />, <Time at={killSwitch.activatedAt} />.{' '}
      {killSwitch.scope === 'everything' ? 'Every call' : 'Every call to it'} is denied.
    </Box>
  </Alert>
);

/** On the page of a tool or a tool server: the active kill switches that block it. */
export const ActivatedBy = ({ ids }: { ids: readonly string[] }) => {
  const { data = [] } = useActiveKillSwitches();
  return data
    .filter(({ target }) => target !== null && ids.includes(target.id))
    .map((killSwitch) => <KillSwitchNotice key={killSwitch.id} killSwitch={killSwitch} />);
};
