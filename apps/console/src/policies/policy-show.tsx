import { Box, Button } from '@mui/material';
import { Link } from 'react-router-dom';
import type { PolicyDetail } from '../api/types.js';
import { VersionsOf } from './versions/versions-of.js';
import { useCan } from '../sign-in/session-store.js';
import { listPath, PersonLink, TextLink } from '../shared/links.js';
import { Page, Section } from '../shared/page.js';
import { RecordPage } from '../shared/record-page.js';
import { Empty, ForbiddenHint } from '../shared/states.js';
import { CopyableTime } from '../shared/time.js';
import { formatCount } from '../shared/format.js';
import { PolicyText } from './policy-text.js';
import { Renamed, TextAsDecided } from './renamed.js';
import { Unreadable } from './unreadable.js';

export const PolicyShow = () => (
  <RecordPage<PolicyDetail> resource="policies" subject="Policy" one="policy">
    {(policy) => (
      <Page
        title={policy.name}
        heading={`Policy ${policy.name}`}
        actions={<Propose policy={policy} />}
      >
        <Box>
          {policy.description !== '' && <>{policy.description} </>}
          <Activeness policy={policy} />
          {policy.inReviewCount > 0 && (
            <>
              {' '}
              <TextLink
                to={listPath('policy-versions', { policyId: policy.id, state: 'in_review' })}
              >
                {formatCount(policy.inReviewCount, 'change')} in review
              </TextLink>
              .
            </>
          )}
        </Box>
        <Section
          title={
            policy.active === null ? 'Active text' : `Active text: version ${policy.active.number}`
          }
          aside={policy.isReadable && formatCount(policy.ruleCount, 'rule')}
        >
          <Unreadable isReadable={policy.isReadable} />
          <Renamed renamed={policy.renamed} />
          {policy.currentText === null ? (
            <Empty title="No version is active">It allows nothing until one is published.</Empty>
          ) : (
            <PolicyText text={policy.currentText} label={`Active text of ${policy.name}`} />
          )}
        </Section>
        <TextAsDecided text={policy.text} currentText={policy.currentText} />
        <Section
          title="Versions"
          aside={
            <TextLink to={listPath('policy-versions', { policyId: policy.id })}>
              All of them
            </TextLink>
          }
        >
          <VersionsOf policyId={policy.id} />
        </Section>
      </Page>
    )}
  </RecordPage>
);

const Propose = ({ policy }: { policy: PolicyDetail }) =>
  useCan()('propose', 'PolicyVersion') ? (
    <Button component={Link} to={`/policies/${policy.id}/propose`} variant="contained">
      Propose a change
    </Button>
  ) : (
    <ForbiddenHint action="propose" subject="PolicyVersion" what="propose a change" />
  );

const Activeness = ({ policy: { active } }: { policy: PolicyDetail }) => {
  if (active === null) return <>No version of it is active.</>;
  return (
    <>
      Active since{' '}
      {active.decidedAt === null ? 'the system' : <CopyableTime at={active.decidedAt} />}
      {active.proposedBy === null ? (
        ', seeded with the installation'
      ) : (
        <>
          , proposed by <PersonLink person={active.proposedBy} />
        </>
      )}
      {active.decidedBy !== null && (
        <>
          , published by <PersonLink person={active.decidedBy} />
        </>
      )}
      .
    </>
  );
};
