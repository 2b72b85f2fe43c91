import { Box } from '@mui/material';
import type { Overview } from '../api/types.js';
import { useMay } from '../session/session-store.js';
import { Badge } from '../shared/badge.js';
import { To } from '../shared/links.js';
import { Section } from '../shared/page.js';
import { Time } from '../shared/time.js';
import { counted } from '../shared/words.js';

/** How long the ledger is, and when somebody last proved it. */
export const LedgerSummary = ({ ledger }: { ledger: Overview['ledger'] }) => {
  const mayOpen = useMay()('read', 'LedgerEntry');
  const entries = counted(ledger.entries, 'entry', 'entries');
  const verified = ledger.lastVerification;
  return (
    <Section title="Ledger" aside={mayOpen && <To to="/ledger-entries">Verify</To>}>
      <Box>{mayOpen ? <To to="/ledger-entries">{entries}</To> : entries}.</Box>
      {verified === null ? (
        <Box>Never verified on this installation.</Box>
      ) : (
        <Box>
          <Badge name={verified.ok ? 'holds:true' : 'holds:false'} />, verified{' '}
          <Time at={verified.at} /> over {counted(verified.entries, 'entry', 'entries')}.
        </Box>
      )}
    </Section>
  );
};
