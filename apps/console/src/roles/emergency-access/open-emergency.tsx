import { Alert } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { reloadSession } from '../../sign-in/session-store.js';
import { FormFrame, SelectInput, TextInput } from '../../shared/form.js';
import { useApi } from '../../shared/use-api.js';
import { useNotifySuccess } from '../../shared/use-notify-success.js';

const REASON_MIN = 10;
const REASON_MAX = 500;
const MINUTES = [5, 15, 30, 60].map((minutes) => ({
  id: String(minutes),
  name: `${minutes} minutes`,
}));

/** Takes the rights of IT and security for some minutes. */
export const OpenEmergency = () => {
  const { openEmergencyAccess } = useApi();
  const notifySuccess = useNotifySuccess();
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState('15');
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      await openEmergencyAccess({ reason: reason.trim(), minutes: Number(minutes) });
      await reloadSession();
    },
    onSuccess: () => notifySuccess('Emergency access is open.'),
  });
  const length = reason.trim().length;
  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      isBlocked={length < REASON_MIN}
      submit="Open emergency access"
      submitColor="error"
      onSubmit={() => mutate()}
    >
      <TextInput
        source="reason"
        label="Reason"
        value={reason}
        onChange={setReason}
        required
        isLong
        maxLength={REASON_MAX}
        hint={`What happened, and what you will do; at least ${REASON_MIN} characters. Everybody who is alerted reads it.`}
      />
      <SelectInput
        source="minutes"
        label="For"
        value={minutes}
        choices={MINUTES}
        onChange={setMinutes}
      />
      <Alert severity="warning" variant="outlined">
        IT and security are alerted at once.
      </Alert>
    </FormFrame>
  );
};
