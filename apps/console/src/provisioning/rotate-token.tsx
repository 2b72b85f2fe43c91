import { Box, Button } from '@mui/material';
import { useState } from 'react';
import type { NewScimToken, ScimConnection, ScimToken } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { AskDialog } from '../shared/ask-dialog.js';
import { SelectInput } from '../shared/form.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { LIFETIMES, OVERLAPS } from './scim-options.js';
import { TokenOnce } from './token-once.js';

/** Makes a token in the place of another, which still works for a while. */
export const RotateToken = ({
  connection,
  token,
}: {
  connection: ScimConnection;
  token: ScimToken;
}) => {
  const can = useCan();
  const notifySuccess = useNotifySuccess();
  const [isAsking, setAsking] = useState(false);
  const [made, setMade] = useState<NewScimToken | null>(null);
  if (!can('rotate', 'ScimConnection')) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>Rotate…</Button>
      {isAsking && (
        <RotateDialog
          connection={connection}
          token={token}
          onDone={(result) => {
            setAsking(false);
            setMade(result);
            notifySuccess(
              result.proposedChange === null
                ? 'The new token is made.'
                : 'The new token is made, and waits.',
            );
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {made !== null && <TokenOnce made={made} onClose={() => setMade(null)} />}
    </>
  );
};

const RotateDialog = ({
  connection,
  token,
  onDone,
  onClose,
}: {
  connection: ScimConnection;
  token: ScimToken;
  onDone: (made: NewScimToken) => void;
  onClose: () => void;
}) => {
  const { rotateScimToken } = useApi();
  const [overlap, setOverlap] = useState('24');
  const [days, setDays] = useState('180');
  return (
    <AskDialog
      title={`Rotate the token ${token.prefix}…`}
      verb="Make the new token"
      verbing="Making"
      act={() =>
        rotateScimToken(connection.id, token.id, {
          overlapHours: Number(overlap),
          expiresInDays: Number(days),
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <Box>
        A new token with the same scopes works at once, or as soon as a second person has confirmed
        it where it reaches a privileged role. The old one works on until then, and for the overlap.
        Enter the new one at the client within the overlap, and nothing stands still.
      </Box>
      <SelectInput
        source="overlapHours"
        label="The old one still works for"
        value={overlap}
        choices={OVERLAPS}
        onChange={setOverlap}
      />
      <SelectInput
        source="expiresInDays"
        label="The new one works for"
        value={days}
        choices={LIFETIMES}
        onChange={setDays}
      />
    </AskDialog>
  );
};
