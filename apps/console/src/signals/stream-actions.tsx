import { Alert, Box, Button } from '@mui/material';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { SignalStreamDetail } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { AskDialog } from '../shared/ask-dialog.js';
import { TextInput } from '../shared/form.js';
import { ReasonButton } from '../shared/reason-button.js';
import { ForbiddenHint } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';

/** Switch on or off, change what it is polled with, and retire it. */
export const StreamActions = ({ stream }: { stream: SignalStreamDetail }) => {
  const can = useCan();
  const navigate = useNavigate();
  const { retireSignalStream } = useApi();
  const [asking, setAsking] = useState<'switch' | 'poll' | null>(null);
  const close = (): void => setAsking(null);
  return (
    <>
      {can('change', 'SignalStream') ? (
        <>
          {stream.delivery === 'poll' && (
            <Button onClick={() => setAsking('poll')}>Change polling…</Button>
          )}
          <Button onClick={() => setAsking('switch')}>
            {stream.enabled ? 'Switch off…' : 'Switch on…'}
          </Button>
        </>
      ) : (
        <ForbiddenHint action="change" subject="SignalStream" what="change it" />
      )}
      <ReasonButton
        label="Retire…"
        action="retire"
        subject="SignalStream"
        title={`Retire the stream of ${stream.issuer.name}?`}
        verb="Retire the stream"
        verbing="Retiring"
        isDangerous
        act={(reason) => retireSignalStream(stream.id, reason)}
        done="The stream is retired."
        onDone={() => void navigate('/signal-streams')}
      >
        Its signals are rejected from now on: a session that ends at the identity provider goes on
        here until it ends by itself. What earlier signals revoked stays revoked.
      </ReasonButton>
      {asking === 'switch' && <SwitchDialog stream={stream} onClose={close} />}
      {asking === 'poll' && <PollDialog stream={stream} onClose={close} />}
    </>
  );
};

interface DialogProps {
  stream: SignalStreamDetail;
  onClose: () => void;
}

const SwitchDialog = ({ stream, onClose }: DialogProps) => {
  const { changeSignalStream } = useApi();
  const notifySuccess = useNotifySuccess();
  const enabled = !stream.enabled;
  return (
    <AskDialog
      title={`Switch the stream of ${stream.issuer.name} ${enabled ? 'on' : 'off'}?`}
      verb={enabled ? 'Switch on' : 'Switch off'}
      verbing="Switching"
      isDangerous={!enabled}
      act={() => changeSignalStream(stream.id, { enabled })}
      onDone={() => {
        notifySuccess(`The stream is ${enabled ? 'on' : 'off'}.`);
        onClose();
      }}
      onClose={onClose}
    >
      <Box>
        {enabled
          ? 'Its signals take effect again.'
          : 'Its signals have no effect until it is switched on again.'}
      </Box>
      {!enabled && (
        <Alert severity="warning" variant="outlined">
          Until then, a person who is signed out there is not signed out here.
        </Alert>
      )}
    </AskDialog>
  );
};

const PollDialog = ({ stream, onClose }: DialogProps) => {
  const { changeSignalStream } = useApi();
  const notifySuccess = useNotifySuccess();
  const [pollUrl, setPollUrl] = useState(stream.pollUrl ?? '');
  const [pollToken, setPollToken] = useState('');
  return (
    <AskDialog
      title={`How ${stream.issuer.name} is polled`}
      verb="Save"
      verbing="Saving"
      isIncomplete={!URL.canParse(pollUrl)}
      act={() =>
        changeSignalStream(stream.id, {
          pollUrl: pollUrl.trim(),
          ...(pollToken === '' ? {} : { pollToken: pollToken.trim() }),
        })
      }
      onDone={() => {
        notifySuccess('The stream is changed.');
        onClose();
      }}
      onClose={onClose}
    >
      <Box sx={{ display: 'grid', gap: 1.75, pt: 0.75 }}>
        <TextInput
          source="pollUrl"
          label="Poll address"
          value={pollUrl}
          onChange={setPollUrl}
          required
          type="url"
          maxLength={500}
        />
        <TextInput
          source="pollToken"
          label="The transmitter’s bearer token"
          value={pollToken}
          onChange={setPollToken}
          maxLength={4_000}
          type="password"
          hint="Empty: the one that is kept stays. It is never shown."
        />
      </Box>
    </AskDialog>
  );
};
