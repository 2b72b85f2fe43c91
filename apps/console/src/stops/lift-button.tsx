import type { Stop } from '../api/types.js';
import { ReasonButton } from '../shared/reason-button.js';
import { useApi } from '../shared/use-api.js';
import { stoppedWords } from './stop-words.js';

/** Lets what is stopped go on, for a reason. */
export const LiftButton = ({ stop }: { stop: Stop }) => {
  const { liftStop } = useApi();
  const words = stoppedWords(stop);
  return (
    <ReasonButton
      label="Lift…"
      action="lift"
      subject="Stop"
      instance={{ scope: stop.scope }}
      what="lift it"
      title={`Lift the stop of ${words}?`}
      verb="Lift the stop"
      verbing="Lifting"
      warning="Calls go through again at once, as the policies allow."
      act={(reason) => liftStop(stop.id, reason)}
      done={`Lifted: ${words} may be called again.`}
    >
      It was stopped because: {stop.reason}
    </ReasonButton>
  );
};
