import type { KillSwitch } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { ReasonButton } from '../shared/reason-button.js';
import { ReleasedBySecurity } from '../shared/released-by-security.js';
import { useApi } from '../shared/use-api.js';
import { targetText } from './kill-switch-target.js';

/** Lets what is stopped go on, for a reason. */
export const ReleaseButton = ({ killSwitch }: { killSwitch: KillSwitch }) => {
  const { releaseKillSwitch } = useApi();
  const can = useCan();
  const words = targetText(killSwitch);
  if (killSwitch.stoppedBySecurity && !can('release', 'KillSwitch', killSwitch))
    return <ReleasedBySecurity />;
  return (
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
  );
};
