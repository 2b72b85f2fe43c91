import { Alert, Box } from '@mui/material';
import type { Overview } from '../api/types.js';
import { useCan } from '../sign-in/session-store.js';
import { Badge } from '../shared/badge.js';
import { TextLink } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { Time } from '../shared/time.js';
import { formatCount } from '../shared/format.js';

type LedgerNumbers = NonNullable<Overview['ledger']>;

/** How long the ledger is, and when somebody last proved it. */
export const LedgerSummary = ({ ledger }: { ledger: LedgerNumbers }) => {
  const canOpen = useCan()('read', 'LedgerEntry');
  const entries = formatCount(ledger.entries, 'entry', 'entries');
  const verified = ledger.lastVerification;
  return (
    <Section title="Ledger" aside={canOpen && <TextLink to="/ledger-entries">Verify</TextLink>}>
      <Box>{canOpen ? <TextLink to="/ledger-entries">{entries}</TextLink> : entries}.</Box>
      {verified === null ? (
        <Box>Never verified on this installation.</Box>
      ) : (
        <Box>
          <Badge name={verified.ok ? 'integrity:true' : 'integrity:false'} />, verified{' '}
          <Time at={verified.at} /> over {formatCount(verified.entries, 'entry', 'entries')}.
        </Box>
      )}
    </Section>
  );
};

/** What nobody on the overview may miss. */
export const VerificationFailed = ({
  verified,
}: {
  verified: NonNullable<LedgerNumbers['lastVerification']>;
}) => (
  <Alert
    severity="error"
    variant="filled"
    sx={{ gridColumn: '1 / -1', '& a': { color: 'inherit' } }}
  >
    <strong>The ledger has been changed.</strong> The last verification, <Time at={verified.at} />,
    found entries that were changed, removed or reordered. Keep the database as it is, and open{' '}
    <TextLink to="/ledger-entries">the ledger</TextLink>.
  </Alert>
);
