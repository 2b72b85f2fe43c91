import { Alert, Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import type { AccessRequestDetail, RequestAccess } from '../api/types.js';
import { FormFrame, TextInput } from '../shared/form.js';
import { Page } from '../shared/page.js';
import { PickOne } from '../shared/pick-one.js';
import { RequirePermission } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { useNotifySuccess } from '../shared/use-notify-success.js';
import { hoursProblem, MAX_HOURS } from './hours.js';

const REASON_MAX = 500;
const A_DAY = '24';

/** Asks that an agent may use a tool for a while. */
export const RequestNew = () => (
  <RequirePermission action="request" subject="AccessRequest" what="request access for an agent">
    <Page title="Request access">
      <RequestForm />
    </Page>
  </RequirePermission>
);

const RequestForm = () => {
  const { create } = useApi();
  const navigate = useNavigate();
  const notifySuccess = useNotifySuccess();
  const [search] = useSearchParams();
  const [agentId, setAgentId] = useState(search.get('agentId') ?? '');
  const [toolId, setToolId] = useState(search.get('toolId') ?? '');
  const [requested, setConstraints] = useState('');
  const [justification, setJustification] = useState('');
  const [hours, setHours] = useState(A_DAY);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (): Promise<AccessRequestDetail> => {
      const wanted: RequestAccess = {
        agentId,
        toolId,
        requestedConstraints: requested.trim() === '' ? null : requested.trim(),
        justification: justification.trim(),
        durationHours: Number(hours),
      };
      return (await create('access-requests', { data: wanted })).data;
    },
    onSuccess: ({ id }) => {
      notifySuccess('Requested. The tool’s owner drafts an access grant, and IT publishes it.');
      void navigate(`/access-requests/${id}`);
    },
  });
  return (
    <FormFrame
      error={error}
      isSubmitting={isPending}
      submit="Request access"
      problems={{ durationHours: hoursProblem(hours, MAX_HOURS) }}
      onSubmit={() => mutate()}
      extra={
        <Button component={Link} to="/access-requests" variant="text">
          Cancel
        </Button>
      }
    >
      <Alert severity="info" variant="outlined">
        The tool’s owner says how narrow the access grant is, and somebody in IT publishes it. It
        ends by itself.
      </Alert>
      <PickOne
        source="agentId"
        label="Agent"
        resource="agents"
        value={agentId}
        onChange={setAgentId}
        hint="An agent of a team of yours."
      />
      <PickOne
        source="toolId"
        label="Tool"
        resource="tools"
        value={toolId}
        onChange={setToolId}
        hint="What it is to be allowed to call."
      />
      <TextInput
        source="requestedConstraints"
        label="Which arguments"
        value={requested}
        onChange={setConstraints}
        isLong
        maxLength={REASON_MAX}
        hint="Optional, in words: “refunds up to 50 €”. The narrower, the sooner somebody says yes."
      />
      <TextInput
        source="justification"
        label="Justification"
        value={justification}
        onChange={setJustification}
        required
        isLong
        maxLength={REASON_MAX}
        hint="What it does with it, for whom."
      />
      <TextInput
        source="durationHours"
        label="For how many hours"
        value={hours}
        onChange={setHours}
        required
        hint={`24 is a day, 168 a week; at most ${MAX_HOURS}.`}
      />
    </FormFrame>
  );
};
