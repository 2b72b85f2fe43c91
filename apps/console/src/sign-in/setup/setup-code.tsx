import { Box, Button, TextField, Typography } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { post, setCsrfToken } from '../../api/request.js';
import type { Setup } from '../../api/types.js';
import { SignInButtons } from '../sign-in-buttons.js';
import { Failed } from '../../shared/states.js';
import { visibleText } from '../../shared/format.js';

/** An installation without people: a person who signs in and has the code becomes its owner. */
export const SetupCode = ({ setup }: { setup: Setup }) => (
  <>
    <Box>
      <Typography variant="h2">This installation has no owner yet</Typography>
      <Box component="ol" sx={{ my: 1, pl: 2.5 }}>
        <SetupStep isDone={setup.identity !== null}>
          Sign in with your own company account.
        </SetupStep>
        <SetupStep>
          Enter the setup code. It was printed where the installation was started: in the output of
          its first start.
        </SetupStep>
        <SetupStep>
          You are the owner: add people and appoint the first two holders of each role. Then retire.
        </SetupStep>
      </Box>
    </Box>
    {setup.identity === null ? <SignInButtons returnTo="/" /> : <CodeForm setup={setup} />}
  </>
);

const SetupStep = ({
  children,
  isDone = false,
}: {
  children: string | string[];
  isDone?: boolean;
}) => (
  <Box component="li" sx={{ mb: 0.5, ...(isDone ? { color: 'text.secondary' } : {}) }}>
    {children}
    {isDone && ' ✓ done'}
  </Box>
);

const CodeForm = ({ setup }: { setup: Setup }) => {
  const [code, setCode] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      setCsrfToken(setup.csrfToken);
      return post<{ signInUrl: string }>('/setup', { code: code.trim() });
    },
    // Signing in again makes the session of somebody who is known now.
    onSuccess: ({ signInUrl }) => window.location.assign(signInUrl),
  });
  const identity = [setup.identity?.name, setup.identity?.email].filter((word) => word).join(', ');
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        mutate();
      }}
      sx={{ display: 'grid', gap: 1.5 }}
    >
      <Box>
        Signed in as <strong>{visibleText(identity || 'an account without a name')}</strong>.
      </Box>
      <TextField
        label="Setup code"
        value={code}
        onChange={({ target }) => setCode(target.value)}
        required
        helperText="It works once. Lost it? Make another one with: gatehouse setup-code"
        slotProps={{ htmlInput: { maxLength: 100, autoComplete: 'off', spellCheck: false } }}
      />
      {error !== null && <Failed error={error} />}
      <Button
        type="submit"
        variant="contained"
        size="large"
        disabled={isPending || code.trim() === ''}
      >
        {isPending ? 'Checking…' : 'Become the owner'}
      </Button>
    </Box>
  );
};
