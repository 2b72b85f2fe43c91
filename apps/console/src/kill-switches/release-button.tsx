import { Box } from '@mui/material';
import type { KillSwitch } from '../api/types.js';
import { useCan, useStopsForSecurity } from '../sign-in/session-store.js';
import { ReasonButton } from '../shared/reason-button.js';
import { ReleasedBySecurity } from '../shared/released-by-security.js';
import { useApi } from '../shared/use-api.js';
import { targetText } from './kill-switch-target.js';

/** Lets what is stopped go on, for a reason. */
export const ReleaseButton = ({ killSwitch }: { killSwitch: KillSwitch }) => {
  const { releaseKillSwitch } = useApi();
  const can = useCan();
  const canTakeOver = useStopsForSecurity() && !killSwitch.stoppedBySecurity;
  const words = targetText(killSwitch);
  if (killSwitch.stoppedBySecurity && !can('release', 'KillSwitch', killSwitch))
    return <ReleasedBySecurity />;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
      {canTakeOver && <StopForSecurity killSwitch={killSwitch} words={words} />}
      <ReasonButton
        label="Release…"
        action="release"
        subject="KillSwitch"
        instance={killSwitch}
        what="release it"
        title={`Release the kill switch for ${words}?`}
        verb="Release the kill switch"
        verbing="Releasing"
        warning="Calls go through again at once, as the policies allow."
        act={(reason) => releaseKillSwitch(killSwitch.id, reason)}
        done={`Released: ${words} may be called again.`}
      >
        It was stopped because: {killSwitch.reason}
      </ReasonButton>
    </Box>
  );
};

/** Makes the stop of others security's own. */
const StopForSecurity = ({ killSwitch, words }: { killSwitch: KillSwitch; words: string }) => {
  const { activateKillSwitch } = useApi();
  const { scope, target } = killSwitch;
  return (
    <ReasonButton
      label="Stop for security…"
      action="activate"
      subject="KillSwitch"
      instance={{ scope, stoppedBySecurity: false }}
      title={`Keep ${words} stopped for security?`}
      verb="Stop for security"
      verbing="Stopping"
      isDangerous
      act={(reason) =>
        activateKillSwitch(
          scope === 'everything'
            ? { scope, reason }
            : { scope, targetId: target?.id ?? '', reason },
        )
      }
      done={`Stopped by security: ${words}.`}
    >
      It is stopped already, and IT can release it. From now on only a colleague with the role
      security, past its cooling-off period, can.
    </ReasonButton>
  );
};
