import { Alert } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import type { AgentDetail, RegisterAgent } from '../api/types.js';
import { Page } from '../shared/page.js';
import { Guarded } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { AgentInputs } from './agent-inputs.js';
import { AgentStepper } from './agent-stepper.js';

/** The first of three steps: who is it? What follows is at the agent's own address. */
export const AgentRegister = () => {
  const { create } = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (agent: RegisterAgent): Promise<AgentDetail> =>
      (await create('agents', { data: agent })).data,
    onSuccess: async (agent) => {
      await queryClient.invalidateQueries({ queryKey: ['agents'] });
      await navigate(`/agents/${agent.id}/set-up`);
    },
  });
  return (
    <Guarded action="register" subject="Agent" what="register agents">
      <Page title="Register an agent">
        <AgentStepper step={0} />
        <Alert severity="info" variant="outlined" sx={{ maxWidth: 640 }}>
          It starts as a draft that can do nothing. A name is never used again, so choose one that
          will still fit next year.
        </Alert>
        <AgentInputs onSubmit={mutate} isSubmitting={isPending} error={error} />
      </Page>
    </Guarded>
  );
};
