import { Alert, Box, Button, TextField } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { IssuerTest, TestIssuer } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { Section } from '../shared/page.js';
import { PlainTable } from '../shared/plain-table.js';
import { Failed, ForbiddenHint } from '../shared/states.js';
import { useApi } from '../shared/use-api.js';
import { visibleText } from '../shared/format.js';

const CHECK_LABELS: Readonly<Record<IssuerTest['checks'][number]['name'], string>> = {
  settings: 'Settings',
  discovery: 'Discovery document',
  issuer: 'Its name for itself',
  keys: 'Keys',
  clock: 'Clock',
  audience: 'Audience',
  sign_in: 'Sign-in',
  sample_token: 'Sample token',
};

const TOKEN_MAX = 10_000;

/** Asks the issuer now and says what was found, check by check. Nothing of it is kept. */
export const ConnectionTest = ({
  subjectOf,
  waitingFor,
}: {
  /** What is tested; null while there is too little to test. */
  subjectOf: (sample: { sampleToken?: string }) => TestIssuer | null;
  waitingFor?: string;
}) => {
  const can = useCan();
  const { testIssuer } = useApi();
  const [sampleToken, setSampleToken] = useState('');
  const { mutate, data, error, isPending } = useMutation({ mutationFn: testIssuer });
  const body = subjectOf(sampleToken.trim() === '' ? {} : { sampleToken: sampleToken.trim() });
  if (!can('register', 'Issuer')) {
    return (
      <Section title="Connection test">
        <ForbiddenHint action="register" subject="Issuer" what="test the connection" />
      </Section>
    );
  }
  return (
    <Section title="Connection test">
      <Box sx={{ display: 'grid', gap: 1.25 }}>
        <TextField
          label="Sample access token"
          value={sampleToken}
          onChange={({ target }) => setSampleToken(target.value)}
          multiline
          minRows={2}
          maxRows={4}
          helperText="If you have one: it is checked as an agent’s would be, and never kept."
          slotProps={{
            htmlInput: { maxLength: TOKEN_MAX, autoComplete: 'off', spellCheck: false },
          }}
        />
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <Button disabled={body === null || isPending} onClick={() => body && mutate(body)}>
            {isPending ? 'Asking the issuer…' : 'Test the connection'}
          </Button>
          {body === null && waitingFor !== undefined && (
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {waitingFor}
            </Box>
          )}
        </Box>
        {error !== null && <Failed error={error} />}
        {data !== undefined && !isPending && <Found test={data} />}
      </Box>
    </Section>
  );
};

const Found = ({ test }: { test: IssuerTest }) => (
  <Box aria-live="polite">
    <Alert severity={test.ok ? 'success' : 'error'} sx={{ mb: 1 }}>
      {test.ok
        ? 'Every check passed.'
        : 'Something is not as it must be; tokens would be rejected until it is mended.'}
    </Alert>
    <PlainTable
      label="What was found"
      rows={test.checks}
      rowKey={({ name }) => name}
      columns={[
        {
          name: 'Check',
          render: ({ name }) => <span className="nowrap">{CHECK_LABELS[name]}</span>,
        },
        {
          name: 'Result',
          render: ({ ok }) => <Badge name={ok ? 'check:passed' : 'check:failed'} />,
        },
        { name: 'Found', render: ({ detail }) => visibleText(detail) },
      ]}
    />
  </Box>
);
