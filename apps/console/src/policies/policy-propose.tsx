import { useGetList } from 'react-admin';
import type { PolicyDetail, PolicyVersion } from '../api/types.js';
import { PolicyLink, To } from '../shared/links.js';
import { Page } from '../shared/page.js';
import { RecordPage } from '../shared/record-page.js';
import { Guarded } from '../shared/states.js';
import { ProposalForm } from './proposal-form.js';
import { STARTING_TEXT } from './starting-text.js';
import { Alert } from '@mui/material';

/** A change of a policy that exists. */
export const PolicyProposeChange = () => (
  <Guarded action="propose" subject="PolicyVersion" what="propose a change">
    <RecordPage<PolicyDetail> resource="policies" subject="Policy" one="policy">
      {(policy) => (
        <Page
          title={`Change ${policy.name}`}
          heading={
            <>
              Propose a change of <PolicyLink policy={policy} />
            </>
          }
        >
          <OthersInReview policy={policy} />
          <ProposalForm
            key={policy.active?.id ?? 'none'}
            policy={policy}
            initialText={policy.text ?? STARTING_TEXT}
          />
        </Page>
      )}
    </RecordPage>
  </Guarded>
);

/** The first version of a policy that does not exist yet. */
export const PolicyProposeNew = () => (
  <Guarded action="propose" subject="PolicyVersion" what="propose a new policy">
    <Page title="Propose a new policy">
      <ProposalForm policy={null} initialText={STARTING_TEXT} />
    </Page>
  </Guarded>
);

const OthersInReview = ({ policy }: { policy: PolicyDetail }) => {
  const { data = [] } = useGetList<PolicyVersion>(
    'policy-versions',
    {
      pagination: { page: 1, perPage: 5 },
      filter: { policyId: policy.id, state: 'in_review' },
    },
    { enabled: policy.inReviewCount > 0 },
  );
  if (data.length === 0) return null;
  return (
    <Alert severity="info">
      Also in review:{' '}
      {data.map(({ id, number, note }) => (
        <span key={id}>
          <To to={`/policy-versions/${id}`}>version {number}</To> ({note}).{' '}
        </span>
      ))}
      When one of them is published first, this change must be written again on top of it.
    </Alert>
  );
};
