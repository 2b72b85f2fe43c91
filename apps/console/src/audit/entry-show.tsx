import { Alert, Box } from '@mui/material';
import type { LedgerEntryDetail } from '../api/types.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { JsonBlock } from '../shared/json-block.js';
import { listPath, TextLink } from '../shared/links.js';
import { Page, Section } from '../shared/page.js';
import { RecordPage } from '../shared/record-page.js';
import { CopyableTime } from '../shared/time.js';
import { spaced } from '../shared/format.js';
import { EntryOutcome } from './entry-outcome.js';
import { ActorLink, SubjectLink } from './entry-links.js';

export const EntryShow = () => (
  <RecordPage<LedgerEntryDetail> resource="ledger-entries" subject="LedgerEntry" one="ledger entry">
    {(entry) => (
      <Page
        title={`${entry.type}, number ${entry.seq}`}
        heading={entry.type}
        aside={
          <>
            Hash <Badge name={entry.hashValid ? 'integrity:true' : 'integrity:false'} />
          </>
        }
      >
        {!entry.hashValid && (
          <Alert severity="error">
            <strong>The stored columns no longer give the stored hash.</strong> This entry was
            changed after it was written. Keep the database as it is, and{' '}
            <TextLink to="/ledger-entries">verify the whole ledger</TextLink>.
          </Alert>
        )}
        <Facts columns={2} items={factsOf(entry)} />
        <Box
          sx={{
            display: 'grid',
            gap: 1.5,
            alignItems: 'start',
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
          }}
        >
          <Section title="What the hash covers">
            <JsonBlock value={entry.data} label="Data of the entry" />
          </Section>
          <Section title="Kept apart from the hash">
            <Payloads entry={entry} />
          </Section>
        </Box>
      </Page>
    )}
  </RecordPage>
);

const factsOf = (entry: LedgerEntryDetail) =>
  [
    { name: 'Written', value: <CopyableTime at={entry.at} /> },
    { name: 'Number', value: `${entry.seq}, format ${entry.format}` },
    { name: 'By', value: <ActorLink actor={entry.actor} /> },
    { name: 'Chain', value: <CopyableId id={entry.chain} /> },
    { name: 'About', value: <SubjectLink subject={entry.subject} /> },
    { name: 'Id', value: <CopyableId id={entry.id} /> },
    { name: 'Outcome', value: <EntryOutcome data={entry.data} /> },
    {
      name: 'Call',
      value:
        entry.callId === null ? (
          '–'
        ) : (
          <TextLink to={`/calls/${entry.callId}`}>{entry.callId}</TextLink>
        ),
    },
    {
      name: 'In its chain',
      value: (
        <TextLink to={listPath('ledger-entries', { chain: entry.chain })}>its neighbours</TextLink>
      ),
    },
    { name: 'Hash', value: <CopyableId id={entry.hash} /> },
    { name: 'Hash before it', value: <CopyableId id={entry.prev} /> },
  ] as const;

const Payloads = ({ entry }: { entry: LedgerEntryDetail }) =>
  entry.payloads.length === 0 ? (
    <>Nothing: all of this entry is in its hash.</>
  ) : (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {entry.payloads.map(({ name, digestValid, redacted, content }) => (
        <Box key={name}>
          <Box sx={{ mb: 0.5 }}>
            <strong>{spaced(name)}</strong> · digest{' '}
            <Badge name={digestValid ? 'integrity:true' : 'integrity:false'} />
          </Box>
          {redacted ? (
            <Box sx={{ color: 'text.secondary' }}>Redacted: its content is not shown here.</Box>
          ) : (
            <JsonBlock value={content} label={`Payload ${name}`} />
          )}
        </Box>
      ))}
    </Box>
  );
