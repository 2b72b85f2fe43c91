import { Alert } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { agentOf, draftProblems, useAgentDraft } from '../agents/agent-draft.js';
import { AgentInputs } from '../agents/agent-inputs.js';
import { hintOf } from '../agents/binding-labels.js';
import {
  ConditionRows,
  conditionsOf,
  conditionsProblem,
  newRow,
  type ConditionRow,
} from '../agents/condition-rows.js';
import { KindChoice } from '../agents/kind-choice.js';
import type { UnregisteredAgent } from '../api/types.js';
import { FormFrame } from '../shared/form.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';

type Kind = UnregisteredAgent['bindingOptions'][number]['kind'];
const KINDS: readonly Kind[] = ['subject', 'client'];

const problemsOf = ({ bindingOptions }: UnregisteredAgent, kind: Kind): readonly string[] =>
  bindingOptions.find((fit) => fit.kind === kind)?.problems ?? ['It cannot be bound in this way.'];

/** From an unregistered agent to a draft, bound by the token it came with. */
export const UnregisteredAgentRegister = ({
  unregistered,
}: {
  unregistered: UnregisteredAgent;
}) => {
  const { registerUnregisteredAgent } = useApi();
  const navigate = useNavigate();
  const notifySuccess = useNotifySuccess();
  const [draft, setDraft] = useAgentDraft();
  const [kind, setKind] = useState<Kind>(
    () => KINDS.find((one) => problemsOf(unregistered, one).length === 0) ?? 'subject',
  );
  const [conditions, setConditions] = useState<readonly ConditionRow[]>(() =>
    hintOf(unregistered.issuer.profile).conditions.map(({ claim, hint }) => newRow(claim, hint)),
  );
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const agent = agentOf(draft);
      if (agent === null) throw new Error('Choose a risk tier.');
      return registerUnregisteredAgent(unregistered.id, {
        ...agent,
        kind,
        conditions: kind === 'subject' ? conditionsOf(conditions) : [],
      });
    },
    onSuccess: (agent) => {
      notifySuccess(`${agent.name} is registered as a draft. Activate it when it may start.`);
      void navigate(`/agents/${agent.id}/set-up`);
    },
  });
  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      submit="Register as a draft"
      problems={{
        ...draftProblems(draft),
        ...(kind === 'subject' ? { conditions: conditionsProblem(conditions) } : {}),
      }}
      onSubmit={() => mutate()}
    >
      <KindChoice
        kinds={KINDS}
        value={kind}
        onChange={setKind}
        problemsOf={(one) => problemsOf(unregistered, one)}
      />
      {kind === 'subject' && <ConditionRows rows={conditions} onChange={setConditions} />}
      {kind === 'client' && (
        <Alert severity="info" variant="outlined">
          Everybody who signs in with the client <code>{unregistered.clientId}</code> then calls as
          this agent, each for themselves.
        </Alert>
      )}
      <AgentInputs draft={draft} onChange={setDraft} />
    </FormFrame>
  );
};
