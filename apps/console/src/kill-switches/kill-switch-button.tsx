import { Button } from '@mui/material';
import { useState } from 'react';
import { useCan } from '../sign-in/session-store.js';
import { ForbiddenHint } from '../shared/states.js';
import { KillSwitchDialog, type KillSwitchTarget } from './kill-switch-dialog.js';
import { useActiveKillSwitches } from './active-kill-switches.js';

/** The kill switch button of one tool or tool server, where it is not stopped already. */
export const KillSwitchButton = ({
  target,
}: {
  target: Exclude<KillSwitchTarget, { scope: 'everything' }>;
}) => {
  const can = useCan();
  const [isAsking, setAsking] = useState(false);
  const { data = [] } = useActiveKillSwitches();
  if (data.some((killSwitch) => killSwitch.target?.id === target.id)) return null;
  if (!can('activate', 'KillSwitch', { scope: target.scope, stoppedBySecurity: false })) {
    return <ForbiddenHint action="activate" subject="KillSwitch" what="stop it" />;
  }
  return (
    <>
      <Button variant="contained" color="error" onClick={() => setAsking(true)}>
        Kill switch…
      </Button>
      {isAsking && <KillSwitchDialog target={target} onClose={() => setAsking(false)} />}
    </>
  );
};
