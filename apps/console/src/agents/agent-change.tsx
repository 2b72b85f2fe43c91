import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useNotify, useRefresh } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import type { AgentDetail } from '../api/types.js';
import { FormFrame } from '../shared/form.js';
import { AgentLink } from '../shared/links.js';
import { Page } from '../shared/page.js';
import { RecordPage } from '../shared/record-page.js';
import { RequirePermission } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { agentOf, dayOf, draftProblems, useAgentDraft } from './agent-draft.js';
import { Limits, PurposeInput, TierAndTags } from './agent-inputs.js';

/** What is said of an agent; its name stays, and its owner and team are reassigned. */
export const AgentChange = () => (
  <RequirePermission action="change" subject="Agent" what="change agents">
    <RecordPage<AgentDetail> resource="agents" subject="Agent" one="agent">
      {(agent) => (
        <Page
          title={`Change ${agent.name}`}
          heading={
            <>
              Change <AgentLink agent={agent} />
            </>
          }
        >
          <ChangeForm agent={agent} />
        </Page>
      )}
    </RecordPage>
  </RequirePermission>
);

const ChangeForm = ({ agent }: { agent: AgentDetail }) => {
  const { changeAgent } = useApi();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const notify = useNotify();
  const [draft, setDraft] = useAgentDraft({
    name: agent.name,
    purpose: agent.purpose,
    riskTier: agent.riskTier,
    tags: agent.tags.join(' '),
    expires: dayOf(agent.expiresAt),
    inactiveAfterDays: agent.inactiveAfterDays === null ? '' : String(agent.inactiveAfterDays),
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const wanted = agentOf(draft);
      if (wanted === null) throw new Error('Choose a risk tier.');
      const { purpose, riskTier, tags, inactiveAfterDays } = wanted;
      // A day that nobody touched keeps its exact moment.
      const expiresAt =
        draft.expires === dayOf(agent.expiresAt) ? agent.expiresAt : wanted.expiresAt;
      return changeAgent(agent.id, { purpose, riskTier, tags, expiresAt, inactiveAfterDays });
    },
    onSuccess: () => {
      notify(`${agent.name} is changed.`, { type: 'success' });
      refresh();
      void navigate(`/agents/${agent.id}`);
    },
  });
  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      submit="Save the change"
      problems={draftProblems(draft)}
      onSubmit={() => mutate()}
      extra={
        <Button component={Link} to={`/agents/${agent.id}`} variant="text">
          Cancel
        </Button>
      }
    >
      <PurposeInput draft={draft} onChange={setDraft} />
      <TierAndTags draft={draft} onChange={setDraft} />
      <Limits draft={draft} onChange={setDraft} />
    </FormFrame>
  );
};
