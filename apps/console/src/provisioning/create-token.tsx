import { Box, Button, Checkbox, FormControlLabel } from '@mui/material';
import { useState } from 'react';
import type { NewScimToken, ScimConnection, ScimScope } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { AskDialog } from '../shared/ask-dialog.js';
import { SelectInput } from '../shared/form.js';
import { ForbiddenHint } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { LIFETIMES, SCOPES } from './scim-options.js';
import { TokenOnce } from './token-once.js';

/** Makes a token and shows it, once. */
export const CreateToken = ({ connection }: { connection: ScimConnection }) => {
  const can = useCan();
  const notifySuccess = useNotifySuccess();
  const [isAsking, setAsking] = useState(false);
  const [made, setMade] = useState<NewScimToken | null>(null);
  if (!can('rotate', 'ScimConnection')) {
    return <ForbiddenHint action="rotate" subject="ScimConnection" what="create tokens" />;
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>Create a token…</Button>
      {isAsking && (
        <CreateDialog
          connection={connection}
          onDone={(token) => {
            setAsking(false);
            setMade(token);
            notifySuccess(
              token.proposedChange === null
                ? 'The token is made.'
                : 'The token is made, and waits.',
            );
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {made !== null && <TokenOnce made={made} onClose={() => setMade(null)} />}
    </>
  );
};

const USUAL = SCOPES.filter(({ isUsual }) => isUsual).map(({ id }) => id);

const CreateDialog = ({
  connection,
  onDone,
  onClose,
}: {
  connection: ScimConnection;
  onDone: (made: NewScimToken) => void;
  onClose: () => void;
}) => {
  const { createScimToken } = useApi();
  const [scopes, setScopes] = useState<readonly ScimScope[]>(USUAL);
  const [days, setDays] = useState('180');
  const toggle = (scope: ScimScope): void =>
    setScopes((before) =>
      before.includes(scope) ? before.filter((one) => one !== scope) : [...before, scope],
    );
  return (
    <AskDialog
      title={`Create a token for ${connection.name}`}
      verb="Create the token"
      verbing="Creating"
      isIncomplete={scopes.length === 0}
      act={() =>
        createScimToken(connection.id, { scopes: [...scopes], expiresInDays: Number(days) })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, display: 'grid' }}>
        <Box component="legend" sx={{ p: 0, mb: 0.5, fontWeight: 600 }}>
          What it may do: give no more than the client needs
        </Box>
        {SCOPES.map(({ id, meaning }) => (
          <FormControlLabel
            key={id}
            control={
              <Checkbox
                size="small"
                checked={scopes.includes(id)}
                onChange={() => toggle(id)}
                sx={{ py: 0.4 }}
              />
            }
            label={
              <>
                <code>{id}</code> {meaning}
              </>
            }
          />
        ))}
      </Box>
      <SelectInput
        source="expiresInDays"
        label="Works for"
        value={days}
        choices={LIFETIMES}
        onChange={setDays}
        hint="Rotate it before: the client is rejected afterwards."
      />
    </AskDialog>
  );
};
