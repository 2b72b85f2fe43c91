import { Alert, Button } from '@mui/material';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useGetList } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import type { GrantDelegation, ToolServer } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { FormFrame, SelectInput, TextInput } from '../shared/form.js';
import { Page } from '../shared/page.js';
import { Quoted } from '../shared/quoted.js';
import { Empty, Failed, RequirePermission, Loading } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';

const ALL_OF_FEW = 100;
const ANY_SERVER = 'any';
const DAYS = [
  { id: '1', name: 'One day' },
  { id: '7', name: 'A week' },
  { id: '30', name: '30 days' },
  { id: '90', name: '90 days' },
  { id: '365', name: 'A year' },
];

/** Lets an agent act for the reader. */
export const DelegationGrant = () => (
  <RequirePermission action="start" subject="Delegation" what="let agents act for you">
    <Page title="Let an agent act for me">
      <GrantForm />
    </Page>
  </RequirePermission>
);

const GrantForm = () => {
  const { create, delegationAgents } = useApi();
  const navigate = useNavigate();
  const notifySuccess = useNotifySuccess();
  const [agentId, setAgentId] = useState('');
  const [serverId, setServerId] = useState(ANY_SERVER);
  const [purpose, setPurpose] = useState('');
  const [days, setDays] = useState('30');
  const agents = useQuery({
    queryKey: ['delegations', 'agents'],
    queryFn: ({ signal }) => delegationAgents(signal),
  });
  const chosen = agents.data?.items.find(({ id }) => id === agentId);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const wanted: GrantDelegation = {
        agentId,
        purpose: purpose.trim(),
        serverId: serverId === ANY_SERVER ? null : serverId,
        days: Number(days),
      };
      await create('delegations', { data: wanted });
    },
    onSuccess: () => {
      notifySuccess(
        `${chosen?.name ?? 'The agent'} may act for you. You can withdraw it at any time.`,
      );
      void navigate('/delegations');
    },
  });
  if (agents.isPending) return <Loading what="the agents" />;
  if (agents.error) return <Failed error={agents.error} onRetry={() => void agents.refetch()} />;
  if (agents.data.items.length === 0) {
    return <Empty title="No agent is active">Ask IT to register and activate one first.</Empty>;
  }
  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      submit="Let it act for me"
      onSubmit={() => mutate()}
      extra={
        <Button component={Link} to="/delegations" variant="text">
          Cancel
        </Button>
      }
    >
      <Alert severity="info" variant="outlined">
        It may then call tools in your name, without you being there: only what the policies allow
        it, and only what they allow you. Every call names you both in the ledger.
      </Alert>
      <SelectInput
        source="agentId"
        label="Agent"
        value={agentId}
        choices={agents.data.items.map(({ id, name, team }) => ({
          id,
          name: `${name} (${team.name})`,
        }))}
        onChange={setAgentId}
      />
      {chosen !== undefined && (
        <div>
          What it is for: <Quoted text={chosen.purpose} />
        </div>
      )}
      <ServerSelect value={serverId} onChange={setServerId} />
      <TextInput
        source="purpose"
        label="What for"
        value={purpose}
        onChange={setPurpose}
        required
        isLong
        maxLength={300}
        hint="What it is to do for you, in a sentence."
      />
      <SelectInput
        source="days"
        label="For how long"
        value={days}
        choices={DAYS}
        onChange={setDays}
      />
    </FormFrame>
  );
};

const ServerSelect = ({ value, onChange }: { value: string; onChange: (id: string) => void }) => {
  const canRead = useCan()('read', 'ToolServer');
  const { data = [] } = useGetList<ToolServer>(
    'tool-servers',
    { pagination: { page: 1, perPage: ALL_OF_FEW } },
    { enabled: canRead, onError: () => undefined },
  );
  // Without a role that sees tool servers there is nothing to choose from.
  if (!canRead) return null;
  return (
    <SelectInput
      source="serverId"
      label="Only at"
      value={value}
      choices={[
        { id: ANY_SERVER, name: 'Every tool server' },
        ...data.map(({ id, slug }) => ({ id, name: slug })),
      ]}
      onChange={onChange}
    />
  );
};
