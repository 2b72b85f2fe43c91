import { Alert } from '@mui/material';
import { useGetList } from 'react-admin';
import type { PolicyDetail, PolicyVersion } from '../api/types.js';
import { TextLink } from '../shared/links.js';

/** Proposals that would make the one being written stale. */
export const OthersInReview = ({
  policy,
  except,
}: {
  policy: PolicyDetail;
  /** The version that is being proposed again. */
  except: string | null;
}) => {
  const { data = [] } = useGetList<PolicyVersion>(
    'policy-versions',
    {
      pagination: { page: 1, perPage: 5 },
      filter: { policyId: policy.id, state: 'in_review' },
    },
    { enabled: policy.inReviewCount > 0 },
  );
  const others = data.filter(({ id }) => id !== except);
  if (others.length === 0) return null;
  return (
    <Alert severity="info">
      Also in review:{' '}
      {others.map(({ id, number, note }) => (
        <span key={id}>
          <TextLink to={`/policy-versions/${id}`}>version {number}</TextLink> ({note}).{' '}
        </span>
      ))}
      When one of them is published first, this change must be written again on top of it.
    </Alert>
  );
};
