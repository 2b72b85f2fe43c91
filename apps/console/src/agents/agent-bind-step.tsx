import { Alert, Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { AgentDetail } from '../api/types.js';
import { FormFrame, TextInput } from '../shared/form.js';
import { FewSelect } from '../shared/pick-one.js';
import { useApi } from '../shared/use-api.js';

const WILD = /[*?%\p{Cc}\s]/u;

/** Binds the agent to one subject of a trusted issuer. */
export const AgentBindStep = ({ agent, onDone }: { agent: AgentDetail; onDone: () => void }) => {
  const { bindAgent } = useApi();
  const [issuerId, setIssuerId] = useState('');
  const [subject, setSubject] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => bindAgent(agent.id, { issuerId, subject }),
    onSuccess: onDone,
  });
  return (
    <>
      <Alert severity="info" variant="outlined" sx={{ maxWidth: 640 }}>
        A token is this agent’s when the issuer signed it and its <code>sub</code> is exactly this
        subject. Names and e-mail addresses play no part.
      </Alert>
      <FormFrame
        error={error}
        isSubmitting={isPending}
        submit="Bind and go on"
        problems={{
          subject: WILD.test(subject) ? 'Name one subject exactly: no spaces, no wildcards.' : null,
        }}
        onSubmit={() => mutate()}
        extra={
          <Button component={Link} to={`/agents/${agent.id}`} variant="text">
            Leave it for later
          </Button>
        }
      >
        <FewSelect
          source="issuerId"
          label="Issuer"
          resource="issuers"
          value={issuerId}
          onChange={setIssuerId}
          hint="The company’s trusted token issuers."
        />
        <TextInput
          source="subject"
          label="Subject"
          value={subject}
          onChange={setSubject}
          required
          maxLength={255}
          hint="The value of sub in the agent’s access tokens; ask the people who run the issuer."
        />
      </FormFrame>
    </>
  );
};
