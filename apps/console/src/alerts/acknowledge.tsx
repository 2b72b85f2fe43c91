import type { Alert } from '../api/types.js';
import { ReasonButton } from '../shared/reason-button.js';
import { useApi } from '../shared/use-api.js';
import { visibleText } from '../shared/format.js';
import { ALERT_LABELS } from './alert-labels.js';

/** Says that somebody looked, and what they found. */
export const Acknowledge = ({ alert }: { alert: Alert }) => {
  const { acknowledgeAlert } = useApi();
  return (
    <ReasonButton
      label="Acknowledge…"
      action="acknowledge"
      subject="Alert"
      title={`Acknowledge “${ALERT_LABELS[alert.kind]}”?`}
      reasonLabel="Note"
      verb="Acknowledge"
      verbing="Acknowledging"
      act={(note) => acknowledgeAlert(alert.id, note)}
      done="Acknowledged."
    >
      {visibleText(alert.message)} Say what you looked at and what you found.
    </ReasonButton>
  );
};
