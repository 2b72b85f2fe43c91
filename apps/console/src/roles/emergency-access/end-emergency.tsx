import { Button } from '@mui/material';
import { useState } from 'react';
import { reloadSession } from '../../sign-in/session-store.js';
import { AskDialog } from '../../shared/ask-dialog.js';
import { useApi } from '../../shared/use-api.js';
import { useNotifySuccess } from '../../shared/use-notify-success.js';

/** Ends one emergency access, after asking. */
export const EndEmergency = ({
  id,
  label,
  isOwn,
}: {
  id: string;
  label: string;
  isOwn: boolean;
}) => {
  const { closeEmergencyAccess } = useApi();
  const notifySuccess = useNotifySuccess();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button color="error" onClick={() => setAsking(true)}>
        {label}
      </Button>
      {isAsking && (
        <AskDialog
          title="End this emergency access?"
          verb="End it now"
          verbing="Ending"
          isDangerous
          act={async () => {
            await closeEmergencyAccess(id);
            if (isOwn) await reloadSession();
          }}
          onDone={() => {
            setAsking(false);
            notifySuccess('The emergency access is ended.');
          }}
          onClose={() => setAsking(false)}
        >
          {isOwn
            ? 'You have your own rights again at once. What you did stays done, and recorded.'
            : 'They have their own rights again at once. What they did stays done, and recorded.'}
        </AskDialog>
      )}
    </>
  );
};
