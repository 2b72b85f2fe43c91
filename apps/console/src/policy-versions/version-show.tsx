import { Alert, Box } from '@mui/material';
import type { PolicyVersionDetail } from '../api/types.js';
import { PolicyText } from '../policies/policy-text.js';
import { Badge } from '../shared/badge.js';
import { CopyableId } from '../shared/copyable.js';
import { Facts } from '../shared/facts.js';
import { PolicyLink, To } from '../shared/links.js';
import { Page, Section } from '../shared/page.js';
import { Quoted } from '../shared/quoted.js';
import { RecordPage } from '../shared/record-page.js';
import { CopyableTime } from '../shared/time.js';
import { By } from './by.js';
import { ImpactTable } from './impact-table.js';
import { TextDiff } from './text-diff.js';
import { VersionActions } from './version-actions.js';

export const VersionShow = () => (
  <RecordPage<PolicyVersionDetail> resource="policy-versions" subject="PolicyVersion" one="version">
    {(version) => (
      <Page
        title={`${version.policy.name}, version ${version.number}`}
        heading={
          <>
            <PolicyLink policy={version.policy} />, version {version.number}
          </>
        }
        aside={<Badge name={`version:${version.state}`} />}
      >
        <VersionFacts version={version} />
        <Stale version={version} />
        <VersionActions version={version} />
        {version.state === 'in_review' && (
          <Section title="What it would change, if it were published now">
            <ImpactTable impact={version.impact} />
          </Section>
        )}
        <Section
          title={
            version.basedOn === null
              ? 'The text, all of it new'
              : `What changes against version ${version.basedOn.number}`
          }
          aside={
            version.basedOn !== null && (
              <To to={`/policy-versions/${version.basedOn.id}`}>
                version {version.basedOn.number}
              </To>
            )
          }
        >
          <TextDiff before={version.basedOn?.text ?? ''} after={version.text} />
        </Section>
        {version.basedOn !== null && (
          <Section title="The whole text">
            <PolicyText text={version.text} label={`Text of version ${version.number}`} />
          </Section>
        )}
      </Page>
    )}
  </RecordPage>
);

const VersionFacts = ({ version }: { version: PolicyVersionDetail }) => (
  <Facts
    columns={2}
    items={[
      { name: 'Proposed by', value: <By person={version.proposedBy} /> },
      {
        name: version.state === 'rejected' ? 'Rejected by' : 'Published by',
        value: version.decidedAt === null ? 'nobody yet' : <By person={version.decidedBy} />,
      },
      { name: 'Proposed', value: <CopyableTime at={version.proposedAt} /> },
      {
        name: 'Decided',
        value: version.decidedAt === null ? '–' : <CopyableTime at={version.decidedAt} />,
      },
      { name: 'Note', value: <Quoted text={version.note} max={300} /> },
      {
        name: 'Decision’s note',
        value: version.decidedNote === null ? '–' : <Quoted text={version.decidedNote} max={300} />,
      },
      { name: 'Id', value: <CopyableId id={version.id} /> },
    ]}
  />
);

const Stale = ({ version }: { version: PolicyVersionDetail }) =>
  version.state === 'in_review' && !version.publishable ? (
    <Alert severity="warning">
      <strong>It can no longer be published.</strong> Another version of {version.policy.name}{' '}
      became active after this one was written, and publishing it would undo that. Reject it, and{' '}
      <Box component="span">
        <To to={`/policies/${version.policy.id}/propose`}>propose the change again</To> on top of
        the active text.
      </Box>
    </Alert>
  ) : null;
