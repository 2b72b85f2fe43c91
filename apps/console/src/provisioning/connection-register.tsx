import { Alert } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { FormFrame } from '../shared/form.js';
import { Page } from '../shared/page.js';
import { RequirePermission } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { ConnectionInputs, type ConnectionDraft } from './connection-inputs.js';

export const ConnectionRegister = () => {
  const { registerScimConnection } = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<ConnectionDraft>({ name: '', kind: 'entra', issuerId: null });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => registerScimConnection({ ...draft, name: draft.name.trim() }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries();
      await navigate(`/scim-connections/${id}/set-up`);
    },
  });
  return (
    <RequirePermission action="register" subject="ScimConnection" what="add a connection">
      <Page title="New SCIM connection">
        <Alert severity="info" variant="outlined" sx={{ maxWidth: 640 }}>
          A connection reaches what it provisioned itself, and nothing else. It can give nobody a
          role: that takes a mapping of a group, which somebody who has the role confirms here.
        </Alert>
        <FormFrame
          error={error}
          isSubmitting={isPending}
          submit="Add it and set it up"
          onSubmit={() => mutate()}
        >
          <ConnectionInputs draft={draft} onChange={setDraft} />
        </FormFrame>
      </Page>
    </RequirePermission>
  );
};
