import { Alert } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import type { RegisterToolServer, ToolServer } from '../../api/types.js';
import { Page } from '../../shared/page.js';
import { RequirePermission } from '../../shared/states.js';
import { useApi } from '../../shared/use-api.js';
import { ToolServerInputs } from './tool-server-inputs.js';

export const ToolServerRegister = () => {
  const { create } = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (server: RegisterToolServer): Promise<ToolServer> =>
      (await create('tool-servers', { data: server })).data,
    onSuccess: async (server) => {
      await queryClient.invalidateQueries({ queryKey: ['tool-servers'] });
      await navigate(`/tool-servers/${server.id}`);
    },
  });
  return (
    <RequirePermission action="register" subject="ToolServer" what="register tool servers">
      <Page title="Register a tool server">
        <Alert severity="info" variant="outlined" sx={{ maxWidth: 640 }}>
          Its tools are discovered at once and each definition is pinned. No agent may call them
          before a policy allows it.
        </Alert>
        <ToolServerInputs onSubmit={mutate} isSubmitting={isPending} error={error} />
      </Page>
    </RequirePermission>
  );
};
