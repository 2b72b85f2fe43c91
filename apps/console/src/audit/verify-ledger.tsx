import { Alert, Box, Button, LinearProgress } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { LedgerVerification } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Section } from '../shared/page.js';
import { TextLink } from '../shared/links.js';
import { useApi } from '../shared/use-api.js';
import { Failed, ForbiddenHint } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';
import { formatCount, formatDuration, spaced } from '../shared/format.js';

/** Checks every entry again, and says what that proves and what it cannot prove yet. */
export const VerifyLedger = () => {
  const { verifyLedger } = useApi();
  const queryClient = useQueryClient();
  const canVerify = useCan()('verify', 'LedgerEntry');
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () => verifyLedger(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['overview'] }),
  });
  return (
    <Section
      title="Can it be proved?"
      aside={
        canVerify ? (
          <Button variant="contained" onClick={() => mutate()} disabled={isPending}>
            {isPending ? 'Verifying…' : 'Verify now'}
          </Button>
        ) : (
          <ForbiddenHint action="verify" subject="LedgerEntry" what="verify it" />
        )
      }
    >
      {isPending && (
        <Box component="output" sx={{ display: 'block' }}>
          Every chain is read from its first entry. You can leave this screen while it runs.
          <LinearProgress aria-label="Verifying" sx={{ mt: 0.5 }} />
        </Box>
      )}
      {error !== null && <Failed error={error} />}
      {data !== undefined && !isPending && <Result result={data} />}
      {data === undefined && !isPending && error === null && (
        <Box sx={{ color: 'text.secondary' }}>
          Each entry’s hash covers its content and the hash before it; verifying computes them all
          again and names the first that was changed, removed or reordered.
        </Box>
      )}
    </Section>
  );
};

const Result = ({ result }: { result: LedgerVerification }) => {
  const { firstProblem } = result;
  return (
    <Box component="output" sx={{ display: 'grid', gap: 1 }}>
      <Alert severity={result.ok ? 'success' : 'error'}>
        <strong>{result.ok ? 'It is intact.' : 'It has been changed.'}</strong>{' '}
        {formatCount(result.entries, 'entry', 'entries')} in {formatCount(result.chains, 'chain')}{' '}
        and {formatCount(result.payloads, 'payload')} were checked in{' '}
        {formatDuration(result.durationMs)}, <CopyableTime at={result.at} />.
        {!result.ok && <> {formatCount(result.problemCount, 'problem')} found.</>}
        {firstProblem !== null && (
          <Box>
            The first: {spaced(firstProblem.kind)}
            {firstProblem.chain !== null && ` in chain ${firstProblem.chain}`}
            {firstProblem.seq !== null && `, number ${firstProblem.seq}`}. {firstProblem.message}{' '}
            {firstProblem.entryId !== null && (
              <TextLink to={`/ledger-entries/${firstProblem.entryId}`}>Open that entry</TextLink>
            )}
          </Box>
        )}
      </Alert>
      <Box>
        <strong>What this cannot prove yet</strong>
        <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
          {result.cannotProve.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </Box>
      </Box>
    </Box>
  );
};
