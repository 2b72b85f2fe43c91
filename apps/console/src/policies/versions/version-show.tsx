import type { PolicyVersionDetail } from '../../api/types.js';
import { PolicyText } from '../policy-text.js';
import { Renamed, TextAsDecided } from '../renamed.js';
import { Unreadable } from '../unreadable.js';
import { Badge } from '../../shared/badge.js';
import { CopyableId } from '../../shared/copyable.js';
import { Facts } from '../../shared/facts.js';
import { PolicyLink, TextLink } from '../../shared/links.js';
import { Page, Section } from '../../shared/page.js';
import { Quoted } from '../../shared/quoted.js';
import { RecordPage } from '../../shared/record-page.js';
import { CopyableTime } from '../../shared/time.js';
import { ByPerson } from '../../shared/by-person.js';
import { RevokeAccessGrant } from './revoke-access-grant.js';
import { ImpactTable } from './impact-table.js';
import { ProposeAgain } from './propose-again-button.js';
import { Stale } from './stale.js';
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
        actions={
          version.kind === 'access_grant' ? (
            <RevokeAccessGrant version={version} />
          ) : (
            <ProposeAgain version={version} />
          )
        }
      >
        <VersionFacts version={version} />
        <Stale version={version} />
        <VersionActions version={version} />
        <Unreadable isReadable={version.isReadable} />
        <Renamed renamed={version.renamed} />
        {version.state === 'in_review' && version.publishable && (
          <Section title="What it would change, if it were published now">
            <ImpactTable impact={version.impact} />
          </Section>
        )}
        <Section
          title={
            version.basedOn === null
              ? 'The text: the first of this policy'
              : `What changes against version ${version.basedOn.number}`
          }
          aside={
            version.basedOn !== null && (
              <TextLink to={`/policy-versions/${version.basedOn.id}`}>
                version {version.basedOn.number}
              </TextLink>
            )
          }
        >
          {version.basedOn === null ? (
            <PolicyText text={version.currentText} label={`Text of version ${version.number}`} />
          ) : (
            <TextDiff before={version.basedOn.currentText} after={version.currentText} />
          )}
        </Section>
        {version.basedOn !== null && (
          <Section title="The whole text">
            <PolicyText text={version.currentText} label={`Text of version ${version.number}`} />
          </Section>
        )}
        <TextAsDecided text={version.text} currentText={version.currentText} />
      </Page>
    )}
  </RecordPage>
);

const decisionWord = ({ state, decidedBy, proposedBy }: PolicyVersionDetail): string => {
  if (state !== 'rejected') return 'Published by';
  return decidedBy !== null && decidedBy.id === proposedBy?.id ? 'Withdrawn by' : 'Rejected by';
};

const VersionFacts = ({ version }: { version: PolicyVersionDetail }) => (
  <Facts
    columns={2}
    items={[
      { name: 'Proposed by', value: <ByPerson person={version.proposedBy} /> },
      {
        name: decisionWord(version),
        value: version.decidedAt === null ? 'nobody yet' : <ByPerson person={version.decidedBy} />,
      },
      { name: 'Proposed', value: <CopyableTime at={version.proposedAt} /> },
      {
        name: 'Decided',
        value: version.decidedAt === null ? '–' : <CopyableTime at={version.decidedAt} />,
      },
      { name: 'Note', value: <Quoted text={version.note} max={300} /> },
      {
        name: 'Decision’s note',
        value:
          version.decisionNote === null ? '–' : <Quoted text={version.decisionNote} max={300} />,
      },
      ...(version.accessRequest === null
        ? []
        : [
            {
              name: 'Asked for by',
              value: (
                <TextLink to={`/access-requests/${version.accessRequest.id}`}>
                  {version.accessRequest.requestedBy.name}, in an access request
                </TextLink>
              ),
            },
          ]),
      { name: 'Id', value: <CopyableId id={version.id} /> },
    ]}
  />
);
