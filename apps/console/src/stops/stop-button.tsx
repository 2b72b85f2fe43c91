import { Button } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../session/session-store.js';
import { NotYours } from '../shared/states.js';
import { StopDialog, type StopTarget } from './stop-dialog.js';
import { useStopsInForce } from './stops-in-force.js';

/** The stop button of one tool or tool server, where it is not stopped already. */
export const StopButton = ({
  target,
}: {
  target: Exclude<StopTarget, { scope: 'everything' }>;
}) => {
  const may = useMay();
  const [isAsking, setAsking] = useState(false);
  const { data = [] } = useStopsInForce();
  if (data.some((stop) => stop.target?.id === target.id)) return null;
  if (!may('stop', 'Stop', { scope: target.scope })) {
    return <NotYours action="stop" subject="Stop" what="stop it" />;
  }
  return (
    <>
      <Button variant="contained" color="error" onClick={() => setAsking(true)}>
        Stop…
      </Button>
      {isAsking && <StopDialog target={target} onClose={() => setAsking(false)} />}
    </>
  );
};
