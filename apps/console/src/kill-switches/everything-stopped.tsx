import { Alert } from '@mui/material';
import { TextLink } from '../shared/links.js';
import { Quoted } from '../shared/quoted.js';
import { Time } from '../shared/time.js';
import { useActiveKillSwitches } from './active-kill-switches.js';

/** On every screen while everything is stopped. */
export const EverythingStopped = () => {
  const { data = [] } = useActiveKillSwitches();
  const killSwitch = data.find(({ scope }) => scope === 'everything');
  if (killSwitch === undefined) return null;
  return (
    <Alert
      severity="error"
      variant="filled"
      sx={{
        border: 0,
        borderRadius: 0,
        '& a': { color: 'inherit', textDecorationColor: 'currentcolor' },
      }}
    >
      <strong>Everything is stopped:</strong> no agent can call any tool.{' '}
      <Quoted text={killSwitch.reason} max={120} /> <Time at={killSwitch.activatedAt} />.{' '}
      <TextLink to="/kill-switches">See and release it</TextLink>
    </Alert>
  );
};
