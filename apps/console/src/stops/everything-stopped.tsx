import { Alert } from '@mui/material';
import { To } from '../shared/links.js';
import { Quoted } from '../shared/quoted.js';
import { Time } from '../shared/time.js';
import { useStopsInForce } from './stops-in-force.js';

/** On every screen while everything is stopped. */
export const EverythingStopped = () => {
  const { data = [] } = useStopsInForce();
  const stop = data.find(({ scope }) => scope === 'everything');
  if (stop === undefined) return null;
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
      <Quoted text={stop.reason} max={120} /> <Time at={stop.stoppedAt} />.{' '}
      <To to="/stops">See and lift it</To>
    </Alert>
  );
};
