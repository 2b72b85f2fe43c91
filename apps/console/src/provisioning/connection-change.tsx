import { Box, Button } from '@mui/material';
import { useState } from 'react';
import type { ScimConnection } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { AskDialog } from '../shared/ask-dialog.js';
import { ForbiddenHint } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { ConnectionInputs, type ConnectionDraft } from './connection-inputs.js';

export const ConnectionChange = ({ connection }: { connection: ScimConnection }) => {
  const can = useCan();
  const [isChanging, setChanging] = useState(false);
  if (!can('change', 'ScimConnection')) {
    return <ForbiddenHint action="change" subject="ScimConnection" what="change it" />;
  }
  return (
    <>
      <Button onClick={() => setChanging(true)}>Change…</Button>
      {isChanging && <ChangeDialog connection={connection} onClose={() => setChanging(false)} />}
    </>
  );
};

const ChangeDialog = ({
  connection,
  onClose,
}: {
  connection: ScimConnection;
  onClose: () => void;
}) => {
  const { changeScimConnection } = useApi();
  const notifySuccess = useNotifySuccess();
  const [draft, setDraft] = useState<ConnectionDraft>({
    name: connection.name,
    kind: connection.kind,
    issuerId: connection.issuer?.id ?? null,
  });
  return (
    <AskDialog
      title={`Change ${connection.name}`}
      verb="Save"
      verbing="Saving"
      isIncomplete={draft.name.trim() === ''}
      act={() => changeScimConnection(connection.id, { ...draft, name: draft.name.trim() })}
      onDone={() => {
        notifySuccess(`${draft.name.trim()} is changed.`);
        onClose();
      }}
      onClose={onClose}
    >
      <Box sx={{ display: 'grid', gap: 1.75, pt: 0.75 }}>
        <ConnectionInputs draft={draft} onChange={setDraft} />
      </Box>
    </AskDialog>
  );
};
