import { Alert, Box, Button, Paper, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'react-router-dom';
import { get } from '../api/request.js';
import type { Setup } from '../api/types.js';
import { SetupCode } from './setup/setup-code.js';
import { useSessionFailure } from './session-store.js';
import { SignInButtons } from './sign-in-buttons.js';

const ERROR_PARAMETER = 'signInError';

const REASONS: Readonly<Record<string, string>> = {
  unknown_person:
    'Your company account is not known in Gatehouse. Ask IT to add you, then sign in again.',
  unknown_provider:
    'This way to sign in is not offered any more. Choose one of those below; if none fits, tell IT.',
  idp_unavailable:
    'The identity provider did not answer. Try again in a moment; if it stays, tell IT.',
  failed: 'Signing in did not finish. Try again; if it fails again, tell IT.',
};

/** Where the reader was, so that signing in leads back there. */
interface Origin {
  nextPathname?: string;
  nextSearch?: string;
}

/** The only page that needs no session: the way in, or the way to the installation's first owner. */
export const SignInPage = () => {
  const location = useLocation();
  const { nextPathname = '/', nextSearch = '' } = (location.state ?? {}) as Origin;
  const search = new URLSearchParams(nextSearch);
  const reason = search.get(ERROR_PARAMETER);
  search.delete(ERROR_PARAMETER);
  const returnTo = search.size === 0 ? nextPathname : `${nextPathname}?${search}`;
  const failure = useSessionFailure();
  const { data: setup } = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => get<Setup>('/setup', { signal }),
  });
  const isSetup = setup?.isOpen === true;
  // Nobody is known to a fresh installation: that is what the code is for.
  const isExpected = isSetup && reason === 'unknown_person';

  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <title>{`${isSetup ? 'Set up' : 'Sign in'} · Gatehouse`}</title>
      <Paper sx={{ p: 4, width: '100%', maxWidth: 460, display: 'grid', gap: 2 }}>
        <Box>
          <Typography variant="h1">Gatehouse</Typography>
          <Typography color="text.secondary">
            Identify, control and audit your company’s AI agents.
          </Typography>
        </Box>
        {reason !== null && !isExpected && (
          <Alert severity="error">{REASONS[reason] ?? REASONS['failed']}</Alert>
        )}
        {failure !== null ? (
          <Unreachable failure={failure} returnTo={returnTo} />
        ) : isSetup ? (
          <SetupCode setup={setup} />
        ) : (
          <SignInButtons returnTo={returnTo} />
        )}
      </Paper>
    </Box>
  );
};

const Unreachable = ({ failure, returnTo }: { failure: Error; returnTo: string }) => (
  <>
    <Alert severity="warning">{failure.message}</Alert>
    {/* A whole new start: nothing that was asked before the failure is worth keeping. */}
    <Button variant="contained" href={returnTo}>
      Try again
    </Button>
  </>
);
