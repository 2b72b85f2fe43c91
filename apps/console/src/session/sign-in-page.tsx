import { Alert, Box, Button, Paper, Typography } from '@mui/material';
import { useLocation } from 'react-router-dom';
import { useSessionFailure } from './session-store.js';

const ERROR_PARAMETER = 'signInError';

const REASONS: Readonly<Record<string, string>> = {
  no_role:
    'Your company account is known, but nobody has given it a role in Gatehouse. Ask IT for a role, then sign in again.',
  unknown_person:
    'Your company account is not known in Gatehouse. Ask IT to add you, then sign in again.',
  failed: 'Signing in did not finish. Try again; if it fails again, tell IT.',
};

/** Where the reader was, so that signing in leads back there. */
interface Origin {
  nextPathname?: string;
  nextSearch?: string;
}

/** The only page that needs no session. */
export const SignInPage = () => {
  const location = useLocation();
  const { nextPathname = '/', nextSearch = '' } = (location.state ?? {}) as Origin;
  const search = new URLSearchParams(nextSearch);
  const reason = search.get(ERROR_PARAMETER);
  search.delete(ERROR_PARAMETER);
  const returnTo = search.size === 0 ? nextPathname : `${nextPathname}?${search}`;
  const failure = useSessionFailure();

  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <title>Sign in · Gatehouse</title>
      <Paper sx={{ p: 4, width: '100%', maxWidth: 420, display: 'grid', gap: 2 }}>
        <Box>
          <Typography variant="h1">Gatehouse</Typography>
          <Typography color="text.secondary">
            Name, steer and answer for your company’s AI agents.
          </Typography>
        </Box>
        {reason !== null && <Alert severity="error">{REASONS[reason] ?? REASONS['failed']}</Alert>}
        {failure !== null ? (
          <Unreachable failure={failure} returnTo={returnTo} />
        ) : (
          <Button
            variant="contained"
            size="large"
            href={`/api/sign-in?returnTo=${encodeURIComponent(returnTo)}`}
          >
            Sign in with your company account
          </Button>
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
