import type { Alarm } from '../api/types.js';
import { ReasonButton } from '../shared/reason-button.js';
import { useApi } from '../shared/use-api.js';
import { visibleText } from '../shared/words.js';
import { ALARM_WORDS } from './alarm-words.js';

/** Says that somebody looked, and what they found. */
export const Acknowledge = ({ alarm }: { alarm: Alarm }) => {
  const { acknowledgeAlarm } = useApi();
  return (
    <ReasonButton
      label="Acknowledge…"
      action="acknowledge"
      subject="Alarm"
      title={`Acknowledge “${ALARM_WORDS[alarm.kind]}”?`}
      reasonLabel="Note"
      verb="Acknowledge"
      verbing="Acknowledging"
      act={(note) => acknowledgeAlarm(alarm.id, note)}
      done="Acknowledged."
    >
      {visibleText(alarm.message)} Say what you looked at and what you found.
    </ReasonButton>
  );
};
