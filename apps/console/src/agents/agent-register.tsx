import { Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import type { AgentDetail, RegisterAgent } from '../api/types.js';
import { FormFrame } from '../shared/form.js';
import { Page } from '../shared/page.js';
import { RequirePermission } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { agentOf, draftProblems, useAgentDraft } from './agent-draft.js';
import { AgentInputs } from './agent-inputs.js';
import { AgentStepper } from './agent-stepper.js';

/** The first of three steps: who is it? What follows is at the agent's own address. */
export const AgentRegister = () => {
  const { create } = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useAgentDraft();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (agent: RegisterAgent): Promise<AgentDetail> =>
      (await create('agents', { data: agent })).data,
    onSuccess: async (agent) => {
      await queryClient.invalidateQueries({ queryKey: ['agents'] });
      await navigate(`/agents/${agent.id}/set-up`);
    },
  });
  return (
    <RequirePermission action="register" subject="Agent" what="register agents">
      <Page title="Register an agent">
        <AgentStepper step={0} />
        <FormFrame
          error={error}
          isSubmitting={isPending}
          submit="Register and go on"
          problems={draftProblems(draft)}
          onSubmit={() => {
            const agent = agentOf(draft);
            if (agent !== null) mutate(agent);
          }}
          extra={
            <Typography variant="body2" color="text.secondary">
              It starts as a draft that can do nothing.
            </Typography>
          }
        >
          <AgentInputs draft={draft} onChange={setDraft} />
        </FormFrame>
      </Page>
    </RequirePermission>
  );
};
