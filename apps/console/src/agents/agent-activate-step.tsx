import { Button, Paper, Typography } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AgentDetail } from '../api/types.js';
import { FormFrame, TextInput } from '../shared/form.js';
import { REASON_MAX, REASON_MIN } from '../shared/reason-dialog.js';
import { useApi } from '../shared/use-api.js';
import { formatCount } from '../shared/format.js';
import { KIND_LABELS } from './binding-labels.js';
import { TokenHelp } from './token-help.js';

/** Activates the agent, with its bindings in sight. */
export const AgentActivateStep = ({
  agent,
  onDone,
  onBindMore,
}: {
  agent: AgentDetail;
  onDone: () => void;
  onBindMore: () => void;
}) => {
  const { activateAgent } = useApi();
  const [reason, setReason] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => activateAgent(agent.id, reason.trim()),
    onSuccess: onDone,
  });
  const isShort = reason !== '' && reason.trim().length < REASON_MIN;
  return (
    <>
      <Paper sx={{ p: 2, maxWidth: 640 }}>
        <Typography variant="h2">Bound to</Typography>
        {agent.bindings.map(({ id, kind, issuer, subject, conditions }) => (
          <Typography key={id} sx={{ overflowWrap: 'anywhere' }}>
            {KIND_LABELS[kind]}
            {issuer !== null && `, ${issuer.name}`}: <code>{subject}</code>
            {conditions.length > 0 && ` and ${formatCount(conditions.length, 'condition')}`}
          </Typography>
        ))}
        <Button variant="text" onClick={onBindMore} sx={{ px: 0 }}>
          Add another binding
        </Button>
      </Paper>
      <FormFrame
        error={error}
        isSubmitting={isPending}
        submit="Activate the agent"
        problems={{ reason: isShort ? `At least ${REASON_MIN} characters.` : null }}
        onSubmit={() => mutate()}
      >
        <TextInput
          source="reason"
          label="Reason"
          value={reason}
          onChange={setReason}
          required
          isLong
          maxLength={REASON_MAX}
          hint="Why it may start now. From then on it may do what the policies allow, and nothing else."
        />
      </FormFrame>
      <Paper sx={{ p: 2, maxWidth: 640 }}>
        <TokenHelp agent={agent} />
      </Paper>
    </>
  );
};
